import Telephony

/// A number that is being proven to be somebody's, by a code sent to it.
struct Verification: Hashable, Sendable {
    enum State: String, Hashable, Sendable {
        case open
        /// The code came back. It serves once.
        case verified
        /// Too many wrong codes.
        case exhausted
    }

    typealias ID = Identifier<Verification>

    let id: ID
    /// E.164, with its `+`.
    let number: String
    /// ISO 3166 letters of the number's country.
    let country: String
    /// Whom the caller said it asks for: an address of theirs, a name. Empty for nobody.
    let client: String
    let startedAt: Instant
    /// When the code was sent, each time.
    var sends: [Instant]
    var wrongCodes = 0
    var state = State.open

    /// The digits after the plus sign that numbers of one block share: pumping asks for one after the other.
    var prefix: String { String(number.dropFirst().prefix(7)) }
}
