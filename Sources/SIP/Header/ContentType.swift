import Wire

/// Content-Type: a media type with parameters (RFC 3261 §20.15). Type and subtype are in lower case.
public struct ContentType: HeaderField {
    public static var name: HeaderName { .contentType }

    public var type: String
    public var subtype: String
    public var parameters: Parameters

    public init(_ type: String, _ subtype: String, parameters: Parameters = []) {
        self.type = type.lowercased()
        self.subtype = subtype.lowercased()
        self.parameters = parameters
    }

    public init(decoding value: ArraySlice<UInt8>) throws(DecodeError) {
        var lexer = Lexer(value)
        type = try lexer.token("type").lowercased()
        try lexer.expect("/", "type")
        subtype = try lexer.token("subtype").lowercased()
        parameters = try lexer.parameters("parameters")
        try lexer.expectEnd("parameters")
    }

    /// Type and subtype without parameters.
    public var mediaType: String { "\(type)/\(subtype)" }
    /// In lower case; nil when absent, which is UTF-8 here (RFC 3261 §7.4.1).
    public var charset: String? { parameters["charset"]?.lowercased() }

    public func matches(_ other: ContentType) -> Bool { type == other.type && subtype == other.subtype }

    public static let plainText = ContentType("text", "plain")
    public static let imdn = ContentType("message", "imdn+xml")
    public static let cpim = ContentType("message", "cpim")
    public static let isComposing = ContentType("application", "im-iscomposing+xml")
    public static let fileTransfer = ContentType("application", "vnd.gsma.rcs-ft-http+xml")
    public static let sdp = ContentType("application", "sdp")

    public var description: String { "\(mediaType)\(parameters)" }
}

extension Headers {
    /// Nil when absent or malformed.
    public var contentType: ContentType? {
        get { try? decodeFirst(ContentType.self) }
        set { self[.contentType] = newValue?.description }
    }
}
