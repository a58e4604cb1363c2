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

    /// Nil in an answer to `+CMGR`, which repeats no index.
    public var index: UInt16?
    public var status: Status
    /// Service centre and TPDU.
    public var pdu: [UInt8]

    public init(index: UInt16? = nil, status: Status, pdu: [UInt8]) {
        self.index = index
        self.status = status
        self.pdu = pdu
    }

    /// Nil for an empty place, a line of another answer, or a payload that is no PDU.
    public init?(_ line: Reply.Line) {
        guard let payload = line.payload, let pdu = try? Hex.decode(payload), !pdu.isEmpty else { return nil }
        if let values = Parameters(line.text, after: "+CMGL:") {
            guard let index = values.int(0).flatMap(UInt16.init(exactly:)), let status = values.int(1) else { return nil }
            self.init(index: index, status: Status(status), pdu: pdu)
        } else if let values = Parameters(line.text, after: "+CMGR:") {
            self.init(status: Status(values.int(0) ?? 1), pdu: pdu)
        } else {
            return nil
        }
    }
}
