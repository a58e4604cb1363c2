import Telephony

/// News of a text that left.
struct FoundReport: Hashable, Sendable {
    var reference: String
    var word: String
    var fate: DeliveryReport.Fate
    var detail: String
}
