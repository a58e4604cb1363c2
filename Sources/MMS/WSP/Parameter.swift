/// A parameter of a content type or disposition (WAP-230-WSP §8.4.2.4).
public struct Parameter: Hashable, Sendable {
    public enum Value: Hashable, Sendable {
        case text(String)
        /// A number, also the one that stands for a charset or a media type.
        case number(UInt64)
        case none
    }

    /// In lower case; a number only where it is not assigned.
    public let name: HeaderName
    public var value: Value

    /// A name with an assigned number goes out as that number.
    public init(_ name: String, _ value: Value) {
        self.name = .text(ASCII.lowercased(name))
        self.value = value
    }

    init(code: UInt8, _ value: Value) {
        name = Parameter.names[code].map { .text($0) } ?? .code(code)
        self.value = value
    }

    /// What the number of the name is on the wire; nil for a name without one.
    var code: UInt8? {
        switch name {
        case .code(let code): code
        case .text(let name): Parameter.codes[name]
        }
    }

    /// Several names have a number of version 1.1 and one of 1.4, which every reader knows and few write.
    private static let names: [UInt8: String] = codes.reduce(into: later) { $0[$1.value] = $1.key }

    private static let codes: [String: UInt8] = [
        "q": 0x00, "charset": 0x01, "level": 0x02, "name": 0x05, "filename": 0x06, "differences": 0x07, "padding": 0x08, "type": 0x09,
        "start": 0x0A, "start-info": 0x0B, "comment": 0x0C, "domain": 0x0D, "max-age": 0x0E, "path": 0x0F, "secure": 0x10, "sec": 0x11,
        "mac": 0x12, "creation-date": 0x13, "modification-date": 0x14, "read-date": 0x15, "size": 0x16,
    ]

    private static let later: [UInt8: String] = [
        0x03: "type", 0x17: "name", 0x18: "filename", 0x19: "start", 0x1A: "start-info", 0x1B: "comment", 0x1C: "domain", 0x1D: "path",
    ]
}
