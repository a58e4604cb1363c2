import Wire

/// A message in the modem's storage (`+CMGL`, `+CMGR` in PDU mode; TS 27.005 §4.1, §4.2).
public struct StoredMessage: Equatable, Sendable {
    public enum Status: Equatable, Sendable {
        case unread
        case read
        case unsent
        case sent
        case other(Int)

        init(_ code: Int) {
            self =
                switch code {
                case 0: .unread
                case 1: .read
                case 2: .unsent
                case 3: .sent
                default: .other(code)
                }
        }
    }

    public enum Content: Equatable, Sendable {
        /// Service centre and TPDU.
        case pdu([UInt8])
        /// What stood in its place and is no row of hexadecimal digits.
        case unreadable(String)
    }

    /// Nil in an answer to `+CMGR`, which repeats no index.
    public var index: UInt16?
    public var status: Status
    public var content: Content
    /// Octets of the TPDU as the header tells, nil where it does not.
    public var length: Int?

    public init(index: UInt16? = nil, status: Status, content: Content, length: Int? = nil) {
        self.index = index
        self.status = status
        self.content = content
        self.length = length
    }

    /// Nil for an empty place or a line of another answer.
    public init?(_ line: Reply.Line) {
        guard let payload = line.payload, !payload.isEmpty else { return nil }
        let content = (try? Hex.decode(payload)).map(Content.pdu) ?? .unreadable(payload)
        if let values = Parameters(line.text, after: "+CMGL:") {
            guard let index = values.int(0).flatMap(UInt16.init(exactly:)), let status = values.int(1) else { return nil }
            self.init(index: index, status: Status(status), content: content, length: values.int(3))
        } else if let values = Parameters(line.text, after: "+CMGR:") {
            self.init(status: Status(values.int(0) ?? 1), content: content, length: values.int(2))
        } else {
            return nil
        }
    }

    /// Whether there is a PDU with as many octets as the header tells. One that is not may be read better a second time.
    public var isWhole: Bool {
        guard case .pdu(let pdu) = content, let centre = pdu.first else { return false }
        guard let length else { return true }
        // The header may tell any number: nothing is added to it.
        return pdu.count - 1 - Int(centre) == length
    }
}
