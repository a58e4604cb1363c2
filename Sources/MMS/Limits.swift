/// What a peer may make us hold.
public enum Limits {
    /// Header fields of one PDU, part or push.
    public static let headers = 1024
    /// Parts of one multipart. Above 127 a count could not be told from a header that comes late (`HeaderReader`).
    public static let parts = 127
    /// Multiparts inside multiparts.
    public static let nesting = 4
    /// Parameters of one content type.
    public static let parameters = 32
    /// Octets of what something is called: a part, a type, a parameter's value. Names are compared, and shown to people.
    public static let name = 1024
    /// Octets of a presentation that are looked at.
    public static let presentation = 65_536
    /// Elements of a presentation that are kept: slides, media and regions each.
    public static let elements = 500
}
