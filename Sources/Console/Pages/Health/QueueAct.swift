import Exchange
import Telephony

/// What a form of the queues asks for.
enum QueueAct: Equatable {
    case decide(DeliveryID, DoubtDecision)
    case retryDelivery(DeliveryID), dropDelivery(DeliveryID)
    case replayReceipt(ReceiptID), dropReceipt(ReceiptID)
    case replayAll
    case retryRetrieval(RetrievalID), dropRetrieval(RetrievalID)

    /// Nil where it asks for nothing that there is.
    init?(_ form: Form) {
        guard let act = form["act"] else { return nil }
        let subject = form["of"] ?? ""
        switch act {
        case "retry": self.init(DeliveryID(subject), Self.retryDelivery)
        case "drop": self.init(DeliveryID(subject), Self.dropDelivery)
        case "replay": self.init(ReceiptID(subject), Self.replayReceipt)
        case "drop-receipt": self.init(ReceiptID(subject), Self.dropReceipt)
        case "replay-all": self = .replayAll
        case "fetch": self.init(RetrievalID(subject), Self.retryRetrieval)
        case "drop-picture": self.init(RetrievalID(subject), Self.dropRetrieval)
        default:
            guard let decision = DoubtDecision(rawValue: act), let id = DeliveryID(subject) else { return nil }
            self = .decide(id, decision)
        }
    }

    private init?<Subject>(_ id: Identifier<Subject>?, _ make: (Identifier<Subject>) -> QueueAct) {
        guard let id else { return nil }
        self = make(id)
    }

    /// For the log and the record of who did what.
    var name: String {
        switch self {
        case .decide(_, let decision): decision.rawValue
        case .retryDelivery, .retryRetrieval: "retry"
        case .dropDelivery, .dropReceipt, .dropRetrieval: "drop"
        case .replayReceipt, .replayAll: "replay"
        }
    }

    var subject: String {
        switch self {
        case .decide(let id, _), .retryDelivery(let id), .dropDelivery(let id): id.description
        case .replayReceipt(let id), .dropReceipt(let id): id.description
        case .retryRetrieval(let id), .dropRetrieval(let id): id.description
        case .replayAll: "all"
        }
    }
}

/// Octets of a receipt that may hold a number and a text.
struct ShownOctets {
    private let octets: [UInt8]

    /// How many are shown at the beginning: where a message says what kind it is, and before it says of whom.
    private static let open = 2

    init(_ octets: [UInt8]) { self.octets = octets }

    /// The first octets, and a mark for each of the others, at most 64 of them.
    var masked: String {
        let shown = octets.prefix(Self.open).map(Self.hex)
        let hidden = octets.dropFirst(Self.open).prefix(62).map { _ in "··" }
        return (shown + hidden).joined(separator: " ") + (octets.count > 64 ? " …" : "")
    }

    var whole: String { octets.map(Self.hex).joined() }

    private static func hex(_ octet: UInt8) -> String { (octet < 16 ? "0" : "") + String(octet, radix: 16, uppercase: true) }
}
