import Telephony

/// An account of the account, by which programs learn whose number is whose.
struct SubAccount: Hashable, Sendable {
    let name: String
    /// Whose number it shows to others.
    let line: LineID
}
