import SIP
import Telephony

/// What the body of a MESSAGE from an app is.
enum IncomingBody: Hashable, Sendable {
    /// Words for somebody. `reference` is the name the app will know the message by: the CPIM Message-ID, else the Call-ID.
    case text(String, reference: String)
    /// Files that lie on a web server, ours or another, and words with them.
    case files([FileTransfer], text: String, reference: String)
    /// What became of a message of ours.
    case notification(IMDN)
    /// Somebody is typing; answered and dropped.
    case composing
    case unsupported(String)
    case malformed(String)

    /// Octets of an inflated body.
    static let limit = 256 * 1024

    init(of request: Request) {
        let callID = request.headers.callID ?? ""
        guard let type = request.headers.contentType else {
            self = request.body.isEmpty ? .malformed("no body") : .malformed("no Content-Type")
            return
        }
        var octets = request.body
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity":
            break
        case "deflate", "gzip":
            guard let inflated = Inflate.octets(of: octets, limit: Self.limit) else {
                self = .malformed("the compressed body cannot be read")
                return
            }
            octets = inflated
        case .some(let other):
            self = .unsupported(other)
            return
        }
        self.init(type, octets, reference: callID, depth: 0)
    }

    private init(_ type: ContentType, _ octets: [UInt8], reference: String, depth: Int) {
        switch type.mediaType {
        case ContentType.plainText.mediaType:
            guard let text = Self.text(octets, in: type.charset ?? "utf-8") else {
                self = .unsupported("\(type)")
                return
            }
            self = .text(text, reference: reference)
        case ContentType.imdn.mediaType:
            do {
                self = .notification(try IMDN(decoding: octets))
            } catch {
                self = .malformed("IMDN: \(error)")
            }
        case ContentType.isComposing.mediaType:
            self = .composing
        case ContentType.fileTransfer.mediaType:
            do {
                self = .files([try FileTransfer(decoding: octets)], text: "", reference: reference)
            } catch {
                self = .malformed("file: \(error)")
            }
        case AcrobitsFiles.mediaType, AcrobitsFiles.otherMediaType:
            guard let message = AcrobitsFiles(decoding: octets) else {
                self = .malformed("files: attachments with addresses expected")
                return
            }
            self = .files(message.files, text: message.text, reference: reference)
        case "message/external-body":
            guard let file = FileTransfer(externalBody: type, octets) else {
                self = .malformed("external-body: access-type=URL and an address expected")
                return
            }
            self = .files([file], text: "", reference: reference)
        case ContentType.cpim.mediaType where depth == 0:
            do {
                let cpim = try CPIM(decoding: octets)
                guard let content = try cpim.content() else {
                    self = .unsupported(cpim.transferEncoding ?? "")
                    return
                }
                self.init(cpim.contentType, content, reference: cpim.messageID ?? reference, depth: 1)
            } catch {
                self = .malformed("CPIM: \(error)")
            }
        default:
            self = .unsupported(type.mediaType)
        }
    }

    /// Nil rather than other words than were written.
    private static func text(_ octets: [UInt8], in charset: String) -> String? {
        switch charset {
        case "utf-8", "utf8", "us-ascii", "ascii": String(decoding: octets, as: UTF8.self)
        // Some apps call it so without knowing.
        case "iso-8859-1": String(validating: octets, as: UTF8.self) ?? String(String.UnicodeScalarView(octets.map { Unicode.Scalar($0) }))
        default: octets.allSatisfy(isPlain) ? String(decoding: octets, as: UTF8.self) : nil
        }
    }

    /// The same in all character sets that apps write: no octet above, none that switches or is half a character.
    private static func isPlain(_ octet: UInt8) -> Bool { (0x20...0x7E).contains(octet) || octet == 0x09 || octet == 0x0A || octet == 0x0D }
}
