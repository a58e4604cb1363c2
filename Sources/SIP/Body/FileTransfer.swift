import Wire

/// One file that lies on a web server, as apps send it in a message (GSMA RCC.07 §3.2.5.3, application/vnd.gsma.rcs-ft-http+xml).
public struct FileTransfer: Hashable, Sendable {
    /// Not escaped, and never to be used as a path.
    public var name: String
    /// A MIME type with its parameters; nil where not said.
    public var contentType: String?
    /// Octets; nil where not said.
    public var size: Int?
    public var url: String
    /// Until when it lies there, as it stands (RFC 3339).
    public var until: String?
    /// Whether the file can be read by those alone whom the sender gave its key.
    public var isEncrypted: Bool

    public init(name: String, contentType: String?, size: Int?, url: String, until: String? = nil, isEncrypted: Bool = false) {
        self.name = name
        self.contentType = contentType
        self.size = size
        self.url = url
        self.until = until
        self.isEncrypted = isEncrypted
    }

    /// The first file of type `file`; a thumbnail beside it is passed over. Throws where there is none or it has no name or no address.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        let root = try XML.decode(octets)
        guard root.name == "file" else { throw DecodeError("file", at: 0, .invalid("a file element expected")) }
        guard let entry = root.children.first(where: { $0.name == "file-info" && $0.attributes["type"] ?? "file" == "file" }) else {
            throw DecodeError("file.file-info", at: octets.count, .invalid("the entry of a file expected"))
        }
        guard let address = entry.child("data")?.attributes["url"], !address.isEmpty else {
            throw DecodeError("file.data", at: octets.count, .invalid("an address expected"))
        }
        guard let written = entry.child("file-name")?.text, !written.isEmpty else {
            throw DecodeError("file.file-name", at: octets.count, .invalid("a name expected"))
        }
        name = Escaping.unescape(written)
        contentType = entry.child("content-type").flatMap { $0.text.isEmpty ? nil : $0.text }
        size = entry.child("file-size").flatMap { Lexer.number($0.text.utf8, limit: .max) }
        url = address
        until = entry.child("data")?.attributes["until"]
        isEncrypted = entry.child("file-key") != nil
    }

    /// UTF-8, elements in the order in which Linphone writes and reads them. The name is escaped as Linphone escapes it.
    public func encoded() -> [UInt8] {
        let size = size.map { "<file-size>\($0)</file-size>\r\n" } ?? ""
        let type = contentType.map { "<content-type>\(XML.escape($0))</content-type>\r\n" } ?? ""
        let until = until.map { " until=\"\(XML.escape($0))\"" } ?? ""
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>\r
            <file xmlns="urn:gsma:params:xml:ns:rcs:rcs:fthttp" xmlns:am="urn:gsma:params:xml:ns:rcs:rcs:rram">\r
            <file-info type="file">\r
            \(size)<file-name>\(Escaping.escape(name, unless: Self.isPlain))</file-name>\r
            \(type)<data url="\(XML.escape(url))"\(until)/>\r
            </file-info>\r
            </file>\r

            """
        return Array(text.utf8)
    }

    /// What stands for itself in a name; all else is written as octets in hexadecimal.
    private static func isPlain(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
        default: "-_.[]".utf8.contains(octet)
        }
    }
}
