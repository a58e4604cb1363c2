/// What the network said in a USSD dialogue (`+CUSD`, TS 27.007 §7.15).
public struct USSDAnswer: Equatable, Sendable {
    public enum Status: Equatable, Sendable {
        case done
        case replyWanted
        case endedByNetwork
        case answeredElsewhere
        case notSupported
        case timedOut
        case other(Int)

        init(_ code: Int) {
            self =
                switch code {
                case 0: .done
                case 1: .replyWanted
                case 2: .endedByNetwork
                case 3: .answeredElsewhere
                case 4: .notSupported
                case 5: .timedOut
                default: .other(code)
                }
        }
    }

    public var status: Status
    /// As the modem wrote it: plain text or hexadecimal digits.
    public var string: String?
    /// Data coding scheme of a cell broadcast (TS 23.038 §5).
    public var coding: Int?

    public init(status: Status, string: String? = nil, coding: Int? = nil) {
        self.status = status
        self.string = string
        self.coding = coding
    }

    public init?(line: String) {
        guard let content = line.content(after: "+CUSD:") else { return nil }
        let head = content.prefix { $0 != "," }
        guard let status = Int(String(head).trimmed) else { return nil }
        self.init(status: Status(status))
        guard head.endIndex < content.endIndex else { return }
        let rest = String(content[content.index(after: head.endIndex)...]).trimmed
        // The text may hold quotes and commas itself: it ends at the last quote.
        guard rest.hasPrefix("\""), let end = rest.lastIndex(of: "\""), end > rest.startIndex else {
            let values = Parameters(rest)
            (string, coding) = (values.text(0), values.int(1))
            return
        }
        string = String(rest[rest.index(after: rest.startIndex)..<end])
        coding = Parameters(String(rest[rest.index(after: end)...])).int(1)
    }
}
