/// A message on its way from the network to a modem.
public struct Incoming: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// SMS-DELIVER
        case message
        /// SMS-STATUS-REPORT
        case report
    }

    public var id: UInt64
    public var kind: Kind
    public var pdu: PDU

    public init(id: UInt64, kind: Kind, pdu: PDU) {
        self.id = id
        self.kind = kind
        self.pdu = pdu
    }
}
