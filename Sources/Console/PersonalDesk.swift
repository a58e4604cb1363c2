import Exchange
import Telephony

/// What the pages of messages work with, beside what the API has too.
public struct PersonalDesk: Sendable {
    let book: any PersonalBook
    let withdrawals: Withdrawals
    let heldMessages: HeldMessages
    let limits: @Sendable (LineID) async -> MultimediaLimits?
    let push: PushKey

    /// - Parameters:
    ///   - heldMessages: sends what waits for its time.
    ///   - limits: what the carrier of a line takes in one message with files; nil where it says nothing.
    ///   - push: shows push services who calls.
    public init(
        book: any PersonalBook, withdrawals: Withdrawals, heldMessages: HeldMessages, limits: @escaping @Sendable (LineID) async -> MultimediaLimits?, push: PushKey
    ) {
        self.book = book
        self.withdrawals = withdrawals
        self.heldMessages = heldMessages
        self.limits = limits
        self.push = push
    }
}
