import Telephony

public typealias HeldMessageID = Identifier<HeldMessage>

/// Messages that wait for the time at which their writers want them sent.
///
/// They are no deliveries: a queue of deliveries stands still while its head waits, and is hurried when its line comes back.
public protocol HeldMessageBook: Sendable {
    /// One that is held under this name already stays as it is.
    func hold(_ message: HeldMessage) async throws(LedgerError)
    /// What a person has waiting, the next first.
    func heldMessages(of person: PersonID) async throws(LedgerError) -> [HeldMessage]
    /// Those that are due and not refused, but for these lines, the oldest first. From now on they cannot be changed; they come again until they
    /// are let go.
    func takeHeld(due: Instant, limit: Int, sparing lines: Set<LineID>) async throws(LedgerError) -> [HeldMessage]
    /// When the next one is due.
    func nextHeld() async throws(LedgerError) -> Instant?
    /// Gives it another time, also after a refusal. False when it is not there any more, taken, or another's.
    func move(_ message: HeldMessageID, of person: PersonID, to due: Instant) async throws(LedgerError) -> Bool
    /// Forgets it unsent. False when it is not there any more, taken, or another's.
    func withdraw(_ message: HeldMessageID, of person: PersonID) async throws(LedgerError) -> Bool
    /// It could not be sent, a sentence says why. Its writer changes or forgets it.
    func refuse(_ message: HeldMessageID, because reason: String) async throws(LedgerError)
    /// It was submitted.
    func letGo(_ message: HeldMessageID) async throws(LedgerError)
}

extension HeldMessageBook {
    /// Those of all lines.
    public func takeHeld(due: Instant, limit: Int) async throws(LedgerError) -> [HeldMessage] { try await takeHeld(due: due, limit: limit, sparing: []) }
}

/// A message that waits for its time.
public struct HeldMessage: Hashable, Sendable {
    public let id: HeldMessageID
    public let person: PersonID
    public let line: LineID
    public let recipients: [Address]
    /// With all their octets: what lies in the media store and no message names is swept away.
    public let parts: [Part]
    public let due: Instant
    public let heldAt: Instant
    /// Why it was not sent at its time; nil where that has not come.
    public let refusal: String?

    public init(
        id: HeldMessageID, person: PersonID, line: LineID, recipients: [Address], parts: [Part], due: Instant, heldAt: Instant, refusal: String? = nil
    ) {
        self.id = id
        self.person = person
        self.line = line
        self.recipients = recipients
        self.parts = parts
        self.due = due
        self.heldAt = heldAt
        self.refusal = refusal
    }

    /// The same at another time, or with why it was not sent.
    public func with(due: Instant, refusal: String?) -> HeldMessage {
        HeldMessage(id: id, person: person, line: line, recipients: recipients, parts: parts, due: due, heldAt: heldAt, refusal: refusal)
    }
}
