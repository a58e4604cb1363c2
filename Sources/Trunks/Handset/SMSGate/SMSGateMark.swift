import Telephony

/// The number that the app names a text by: a hash, as Java computes it, of sender, time, subscription and text.
struct SMSGateMark: Hashable, Sendable {
    private let withoutSubscription: Int32

    init(sender: String, at: Instant, text: String) {
        let time = Int32(truncatingIfNeeded: at.milliseconds ^ (at.milliseconds >> 32))
        let parties = (Self.hash(sender) &* 31 &+ time) &* 31
        withoutSubscription = parties &* 31 &+ Self.hash(text)
    }

    /// Subscriptions that a phone may have had: one for each SIM that was ever in it.
    static let subscriptions = 500

    /// Whether there is a subscription, which Android counts from 0, that makes it this number.
    func explains(_ mark: Int32) -> Bool {
        let rest = mark &- withoutSubscription
        return rest >= 0 && rest.isMultiple(of: 31) && rest / 31 < Self.subscriptions
    }

    func mark(subscription: Int32) -> Int32 { withoutSubscription &+ subscription &* 31 }

    private static func hash(_ text: String) -> Int32 {
        text.utf16.reduce(0) { $0 &* 31 &+ Int32($1) }
    }
}
