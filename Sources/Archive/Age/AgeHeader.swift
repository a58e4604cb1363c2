import Crypto
import Foundation

/// The head of a file for one passphrase: how much work the key costs, and the file key wrapped with it (age-encryption.org/v1).
struct AgeHeader {
    let salt: [UInt8]
    /// The logarithm of scrypt's N.
    let work: Int
    let wrapped: [UInt8]
    /// What the code at its end is of.
    let signed: [UInt8]
    let code: [UInt8]

    static let version = "age-encryption.org/v1"
    /// Octets beyond which no header of one recipient goes.
    static let longest = 1024

    /// Octets of a whole header that begins `octets`, and what it says; nil while its end is not there.
    static func read(_ octets: [UInt8]) throws(AgeError) -> (header: AgeHeader, count: Int)? {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        while let end = octets[start...].firstIndex(of: 0x0A) {
            let line = octets[start..<end]
            lines.append(line)
            if line.starts(with: "---".utf8) { return (try AgeHeader(lines, signed: Array(octets[..<(start + 3)])), end + 1) }
            guard end <= longest else { break }
            start = end + 1
        }
        let isPlausible = octets.prefix(version.utf8.count).elementsEqual(version.utf8.prefix(octets.count))
        guard isPlausible else { throw .notAge("it does not begin as one") }
        guard octets.count <= longest else { throw .notAge("its head has no end") }
        return nil
    }

    private init(_ lines: [ArraySlice<UInt8>], signed: [UInt8]) throws(AgeError) {
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        guard texts.first == Self.version else { throw .notAge("it does not begin as one, or is of another version") }
        // A passphrase stands alone: with other recipients who knows one of their keys could have written it.
        let stanza = texts.count > 1 ? texts[1].split(separator: " ", omittingEmptySubsequences: false) : []
        guard texts.count == 4, stanza.count == 4, stanza[0] == "->", stanza[1] == "scrypt" else {
            throw .notAge("it is not for one passphrase alone")
        }
        guard let salt = UnpaddedBase64.decode(stanza[2]), salt.count == 16, let work = Int(stanza[3]), "\(work)" == stanza[3], work > 0,
            let wrapped = UnpaddedBase64.decode(texts[2][...]), wrapped.count == 32, texts[3].hasPrefix("--- "),
            let code = UnpaddedBase64.decode(texts[3].dropFirst(4)), code.count == 32
        else { throw .notAge("its head cannot be read") }
        (self.salt, self.work, self.wrapped, self.signed, self.code) = (salt, work, wrapped, signed, code)
    }

    /// The octets of a header.
    static func encode(_ secrets: AgeSecrets, passphrase: String, work: Int) throws(AgeError) -> [UInt8] {
        guard let key = AgeKeys.wrapping(passphrase, salt: secrets.salt, work: work), let wrapped = seal(secrets.fileKey, key) else {
            throw .tooMuchWork(work)
        }
        let text = "\(version)\n-> scrypt \(UnpaddedBase64.encode(secrets.salt)) \(work)\n\(UnpaddedBase64.encode(wrapped))\n---"
        let code = AgeKeys.headerCode(of: Array(text.utf8), fileKey: secrets.fileKey)
        return Array("\(text) \(UnpaddedBase64.encode(code))\n".utf8)
    }

    private static func seal(_ fileKey: [UInt8], _ key: SymmetricKey) -> [UInt8]? {
        guard let nonce = try? ChaChaPoly.Nonce(data: [UInt8](repeating: 0, count: 12)), let box = try? ChaChaPoly.seal(fileKey, using: key, nonce: nonce)
        else { return nil }
        return Array(box.ciphertext) + Array(box.tag)
    }

    /// The file key. Throws `wrongPassphrase`, and `tooMuchWork` for more than `workLimit`.
    func fileKey(_ passphrase: String, workLimit: Int) throws(AgeError) -> [UInt8] {
        guard work <= workLimit else { throw .tooMuchWork(work) }
        guard let key = AgeKeys.wrapping(passphrase, salt: salt, work: work) else { throw .tooMuchWork(work) }
        let combined = [UInt8](repeating: 0, count: 12) + wrapped
        guard let box = try? ChaChaPoly.SealedBox(combined: combined), let opened = try? ChaChaPoly.open(box, using: key) else { throw .wrongPassphrase }
        let fileKey = Array(opened)
        guard AgeKeys.isRight(code, of: signed, fileKey: fileKey) else { throw .damaged(offset: 0) }
        return fileKey
    }
}

/// Base 64 without padding, and with one form for each octets (RFC 4648 §3.2, §3.5).
enum UnpaddedBase64 {
    static func encode(_ octets: [UInt8]) -> String { Data(octets).base64EncodedString().filter { $0 != "=" } }

    static func decode(_ text: Substring) -> [UInt8]? {
        guard !text.contains("="), let data = Data(base64Encoded: text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)) else { return nil }
        return encode(Array(data)) == text ? Array(data) : nil
    }
}
