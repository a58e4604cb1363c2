/// Network registration of one domain (`+CREG`, `+CGREG`, `+CEREG`; TS 27.007 §7.2, §10.1.20, §10.1.22).
public struct Registration: Equatable, Sendable {
    public enum Status: Equatable, Sendable {
        case idle
        case home
        case searching
        case denied
        case unknown
        case roaming
        case smsOnlyHome
        case smsOnlyRoaming
        case emergencyOnly
        case other(Int)

        public init(_ code: Int) {
            self =
                switch code {
                case 0: .idle
                case 1, 9: .home
                case 2: .searching
                case 3: .denied
                case 4: .unknown
                case 5, 10: .roaming
                case 6: .smsOnlyHome
                case 7: .smsOnlyRoaming
                case 8: .emergencyOnly
                default: .other(code)
                }
        }

        /// Whether messages can be sent and received.
        public var carriesMessages: Bool {
            switch self {
            case .home, .roaming, .smsOnlyHome, .smsOnlyRoaming: true
            case .idle, .searching, .denied, .unknown, .emergencyOnly, .other: false
            }
        }
    }

    public var status: Status
    /// Location, routing or tracking area code.
    public var area: UInt64?
    public var cell: UInt64?
    public var technology: AccessTechnology?

    public init(status: Status, area: UInt64? = nil, cell: UInt64? = nil, technology: AccessTechnology? = nil) {
        self.status = status
        self.area = area
        self.cell = cell
        self.technology = technology
    }

    /// Whether the line answers the query (`n,stat,…`) or is a notification (`stat,…`); the prefix is the same for both.
    public enum Form: Equatable, Sendable {
        case answer
        case notification
    }

    static let prefixes = ["+CREG:", "+CGREG:", "+CEREG:"]

    /// Nil when it is no registration line or its status is no number.
    public init?(line: String, form: Form) {
        guard let values = Self.values(of: line) else { return nil }
        let first = form == .answer ? 1 : 0
        guard let status = values.int(first) else { return nil }
        self.init(
            status: Status(status), area: values[first + 1]?.hexadecimal, cell: values[first + 2]?.hexadecimal,
            technology: values.int(first + 3).map(AccessTechnology.init))
    }

    /// Which of the two a line is while a query is in flight. A notification has an area code, or nothing, where the answer has its status.
    public static func form(of line: String) -> Form? {
        guard let values = values(of: line) else { return nil }
        guard let second = values[1] else { return .notification }
        let isStatus = second.text.utf8.count <= 2 && (0...10).contains(second.int ?? -1) && !isQuoted(line, at: 1)
        return isStatus ? .answer : .notification
    }

    /// Values without quotes: one make leaves them out, others close none or only one, and no value holds a comma.
    private static func values(of line: String) -> Parameters? {
        for prefix in prefixes {
            if let content = line.content(after: prefix) {
                return Parameters(String(content.filter { $0 != "\"" }))
            }
        }
        return nil
    }

    private static func isQuoted(_ line: String, at index: Int) -> Bool {
        let fields = line.split(separator: ",", omittingEmptySubsequences: false)
        return fields.indices.contains(index) && fields[index].contains("\"")
    }
}
