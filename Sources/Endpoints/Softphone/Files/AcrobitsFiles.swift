import Files
import HTTPStack
import SIP

/// Several files and words in one message, as the apps of Acrobits send them (doc.acrobits.net, File Transfer Format).
struct AcrobitsFiles: Hashable, Sendable {
    static let mediaType = "application/x-acro-filetransfer+json"
    /// A name it is known by elsewhere.
    static let otherMediaType = "application/x-acrobits-filetransfer+json"

    var text: String
    var files: [FileTransfer]

    init(text: String, files: [FileTransfer]) {
        self.text = text
        self.files = files
    }

    private static let limit = 32

    /// Nil where it is no such document, or an attachment has no address.
    init?(decoding octets: [UInt8]) {
        guard let document = try? JSON(decoding: octets), let attachments = document["attachments"]?.elements, attachments.count <= Self.limit else {
            return nil
        }
        text = document["body"]?.text ?? ""
        files = attachments.compactMap(FileTransfer.init(attachment:))
        guard files.count == attachments.count else { return nil }
    }

    func encoded() -> [UInt8] {
        let attachments = files.map { file -> JSON in
            var members: [JSON.Member] = []
            if let type = file.contentType { members.append(("content-type", .string(type))) }
            members.append(("content-url", .string(file.url)))
            if let size = file.size { members.append(("content-size", .integer(Int64(size)))) }
            members.append(("filename", .string(file.name)))
            return .object(members)
        }
        var members: [JSON.Member] = []
        if !text.isEmpty { members.append(("body", .string(text))) }
        members.append(("attachments", .array(attachments)))
        return JSON.object(members).encoded
    }
}

extension FileTransfer {
    fileprivate init?(attachment: JSON) {
        guard let url = attachment["content-url"]?.text else { return nil }
        let contentType = attachment["content-type"]?.text ?? "image/jpeg"
        var size: Int?
        if case .integer(let number)? = attachment["content-size"], number >= 0 { size = Int(number) }
        self.init(
            name: attachment["filename"]?.text ?? FileName.made(for: contentType), contentType: contentType, size: size, url: url,
            isEncrypted: attachment["encryption-key"]?.text.map { !$0.isEmpty } ?? false)
    }
}
