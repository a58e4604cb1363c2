/// One MIME body of a message.
public struct Part: Hashable, Sendable {
    /// A MIME type with its parameters, `text/plain; charset=utf-8`.
    public let contentType: String
    public let content: PartContent
    /// A file name, where the sender gave one. Never used as a path.
    public let name: String?

    public init(contentType: String, content: PartContent, name: String? = nil) {
        self.contentType = contentType
        self.content = content
        self.name = name
    }

    public init(contentType: String, octets: [UInt8], name: String? = nil) {
        self.init(contentType: contentType, content: .inline(octets), name: name)
    }

    public static func text(_ text: String) -> Part {
        Part(contentType: plainText, octets: Array(text.utf8))
    }

    /// The text of a `text/plain` part, nil for others. Text always lies in the ledger.
    public var text: String? {
        guard case .inline(let octets) = content, contentType.hasPrefix("text/plain") else { return nil }
        return String(decoding: octets, as: UTF8.self)
    }

    /// Octets.
    public var size: Int {
        switch content {
        case .inline(let octets): octets.count
        case .stored(let media): media.size
        }
    }

    /// The type alone, in lower case, without parameters.
    public var mediaType: String {
        let type = contentType.prefix { $0 != ";" }
        return type.filter { !$0.isWhitespace }.lowercased()
    }

    public static let plainText = "text/plain; charset=utf-8"
}

/// Where the octets of a part are.
public enum PartContent: Hashable, Sendable {
    /// In the ledger's row.
    case inline([UInt8])
    /// Beside the ledger, in the media store.
    case stored(Media)

    /// What is larger than this lies beside the ledger.
    public static let inlineLimit = 4096
}
