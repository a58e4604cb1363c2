import Wire

/// TP-User-Data with its length (3GPP TS 23.040 §9.2.3.16, §9.2.3.24).
///
/// The octets are kept as they stand and everything else is read from them, so that encoding gives back what was decoded, whatever it was.
public struct UserData: Hashable, Sendable {
    public static let maximumOctets = 140
    public static let maximumSeptets = 160

    public enum Content: Hashable, Sendable {
        case text(String)
        case octets([UInt8])
    }

    /// TP-UDL: septets (those the header takes included) for seven-bit text, octets otherwise.
    public let length: UInt8
    /// TP-UD, the header included, and whatever else stood to the end of the TPDU.
    public let octets: [UInt8]
    /// How the content is read.
    public let alphabet: Alphabet
    public let header: UserDataHeader?
    public let content: Content
    public let irregularities: Irregularities
    /// TP-UDHI as it stood; true without a `header` when none could be found.
    let isHeaderIndicated: Bool

    /// The text; nil for octets.
    public var text: String? {
        if case .text(let text) = content { text } else { nil }
    }

    /// The octets behind the header when they are not text.
    public var binary: [UInt8]? {
        if case .octets(let octets) = content { octets } else { nil }
    }
}

// MARK: - Building

extension UserData {
    /// Nothing: no header, no text.
    public static let empty = UserData(
        length: 0, octets: [], alphabet: .gsm7, header: nil, content: .text(""), irregularities: [], isHeaderIndicated: false)

    /// Seven-bit text; the header's shift elements choose the tables. Throws `notInAlphabet` and `tooLong`.
    public init(gsm7 text: String, header: UserDataHeader? = nil) throws(EncodeError) {
        let headerOctets = try header?.encode() ?? []
        let (octets, septets) = try GSM7.encode(text, behind: headerOctets, tables: header?.shiftTables ?? .standard)
        guard septets <= Self.maximumSeptets else { throw .tooLong(limit: Self.maximumSeptets) }
        self.init(
            length: UInt8(truncatingIfNeeded: septets), octets: octets, alphabet: .gsm7, header: header, content: .text(text),
            irregularities: [], isHeaderIndicated: header != nil)
    }

    /// Sixteen-bit text. Throws `tooLong`.
    public init(ucs2 text: String, header: UserDataHeader? = nil) throws(EncodeError) {
        var octets = try header?.encode() ?? []
        octets.reserveCapacity(Self.maximumOctets)
        UCS2.encode(text, to: &octets)
        try self.init(octets, alphabet: .ucs2, header: header, content: .text(text))
    }

    /// Octets that an application understands. Throws `tooLong`.
    public init(octets content: [UInt8], header: UserDataHeader? = nil) throws(EncodeError) {
        try self.init((header?.encode() ?? []) + content, alphabet: .octets, header: header, content: .octets(content))
    }

    private init(_ octets: [UInt8], alphabet: Alphabet, header: UserDataHeader?, content: Content) throws(EncodeError) {
        guard octets.count <= Self.maximumOctets else { throw .tooLong(limit: Self.maximumOctets) }
        self.init(
            length: UInt8(truncatingIfNeeded: octets.count), octets: octets, alphabet: alphabet, header: header, content: content,
            irregularities: [], isHeaderIndicated: header != nil)
    }

    func encode(to writer: inout OctetWriter) {
        writer.octet(length)
        writer.octets(octets)
    }
}
