/// An HTTP header field that a carrier wants in requests, such as the line's own number.
public struct CarrierHeader: Hashable, Sendable {
    public let name: String
    /// May hold `{number}`, the line's number in digits with its country code, and `{national}`, its last ten digits.
    public let template: String

    public init(name: String, template: String) {
        self.name = name
        self.template = template
    }

    /// Reads `Name: value`; nil where that is no header field (RFC 9110 §5).
    public init?(_ line: String) {
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let name = String(line[..<colon])
        let value = line[line.index(after: colon)...].drop { $0 == " " }
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isToken), !value.isEmpty, value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }),
            !Self.ours.contains(name.lowercased())
        else { return nil }
        self.init(name: name, template: String(value))
    }

    /// The value for a line; nil when it needs a number that nobody knows.
    public func value(for number: String?) -> String? {
        guard template.contains("{") else { return template }
        guard let digits = number?.filter({ $0.isASCII && $0.isNumber }), !digits.isEmpty else { return nil }
        return Self.replace("{national}", in: Self.replace("{number}", in: template, with: digits), with: String(digits.suffix(10)))
    }

    /// What the transport writes itself.
    private static let ours: Set<String> = ["host", "content-length", "content-type", "transfer-encoding", "connection", "accept-encoding"]

    private static func isToken(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: Array("!#$%&'*+-.^_`|~".utf8).contains(octet)
        }
    }

    private static func replace(_ word: String, in text: String, with replacement: String) -> String {
        guard let place = text.firstRange(of: word) else { return text }
        return text.replacingCharacters(at: place, with: replacement)
    }
}

extension String {
    fileprivate func replacingCharacters(at place: Range<Index>, with replacement: String) -> String {
        self[..<place.lowerBound] + replacement + self[place.upperBound...]
    }
}
