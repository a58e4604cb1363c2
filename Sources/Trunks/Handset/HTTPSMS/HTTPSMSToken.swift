import HTTPStack
import Telephony

/// The token that the server shows with an event: a JSON Web Token (RFC 7519) signed with HMAC-SHA256 (RFC 7518 §3.2).
struct HTTPSMSToken: Hashable, Sendable {
    /// What the signature is over.
    let signed: [UInt8]
    let signature: [UInt8]
    let begins: Instant?
    let ends: Instant

    /// How far the server's clock may be from ours.
    static let clockSkew: Duration = .seconds(300)

    /// Nil for what is no token of this kind, whoever signed it: another algorithm, and `none`, among them.
    init?(_ text: String) {
        let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 3, text.utf8.count <= 4096, let head = HandsetBase64.decode(String(pieces[0])), let claims = HandsetBase64.decode(String(pieces[1])),
            let signature = HandsetBase64.decode(String(pieces[2])), let header = try? JSON(decoding: head), let body = try? JSON(decoding: claims),
            header["alg"]?.text == "HS256", let ends = Self.time(body["exp"])
        else { return nil }
        signed = Array("\(pieces[0]).\(pieces[1])".utf8)
        self.signature = signature
        self.ends = ends
        begins = Self.time(body["nbf"])
    }

    func isValid(at now: Instant) -> Bool {
        now <= ends + Self.clockSkew && (begins.map { now >= $0 - Self.clockSkew } ?? true)
    }

    private static func time(_ value: JSON?) -> Instant? {
        value?.wholeNumber.flatMap { (0...253_402_300_799).contains($0) ? Instant(seconds: $0) : nil }
    }
}
