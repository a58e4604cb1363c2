/// One part of a message: a text, a picture, the presentation.
public struct Part: Hashable, Sendable {
    /// Media type, charset, name.
    public var contentType: ContentType
    /// What the presentation calls it after `cid:`, without angle brackets.
    public var contentID: String?
    /// What the presentation calls it otherwise, most often a file's name. Never to be taken for a path.
    public var contentLocation: String?
    /// The other header fields, in their order.
    public var others: [Header]
    /// The content, a slice of what was decoded.
    public var octets: ArraySlice<UInt8>

    public init(
        _ contentType: ContentType, _ octets: ArraySlice<UInt8>, contentID: String? = nil, contentLocation: String? = nil, others: [Header] = []
    ) {
        self.contentType = contentType
        self.contentID = contentID
        self.contentLocation = contentLocation
        self.others = others
        self.octets = octets
    }

    /// A text in UTF-8.
    public init(text: String, contentID: String? = nil, contentLocation: String? = nil) {
        let type = ContentType("text/plain", parameters: [Parameter("charset", .number(UInt64(Charset.utf8.rawValue)))])
        self.init(type, Array(text.utf8)[...], contentID: contentID, contentLocation: contentLocation)
    }

    /// The media type of SMIL.
    public static let presentationType = "application/smil"

    /// Says how the other parts are shown, and is none of them.
    public var isPresentation: Bool { contentType.mediaType == Part.presentationType }
}
