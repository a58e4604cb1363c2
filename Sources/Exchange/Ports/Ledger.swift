import Telephony

/// The only shared state: everything that must outlive the process. A method is one transaction, named for its meaning.
///
/// A method that changes something returns only when the change is durable. Concurrent callers share a commit. Every implementation
/// passes the same contract suite (`HomelineTesting`).
public protocol Ledger: ReceiptLedger, RetrievalLedger, MessageLedger, DeliveryLedger, PersonLedger, InboxLedger, AccountLedger, Sendable {
    /// Whether it takes writes, as the last one found out, and whether it found rows that are not what was written. Asks nothing of the disk.
    func health() async -> Health
    /// Proves that it takes writes, by a durable one that means nothing.
    func probe() async throws(LedgerError)
}

extension MessageLedger {
    /// A message that is whole as it is.
    public func submit(_ message: Message, key: String, deliveries: [Delivery]) async throws(LedgerError) -> SubmissionOutcome {
        try await submit(message, key: key, deliveries: deliveries, gathering: nil)
    }
}

extension Ledger {
    public func health() async -> Health { Health(.working, "Takes writes.") }
    public func probe() async throws(LedgerError) {}
}

/// What arrived from trunks.
public protocol ReceiptLedger: Sendable {
    /// Stores what is new. Octets that are already held from the same line and place, and not yet released, are the same receipt:
    /// nothing is stored and the id of the one held is returned. Ids come in the order of the argument.
    func record(_ receipts: [Receipt]) async throws(LedgerError) -> [ReceiptID]
    /// The trunk no longer holds them: the same octets from the same place are from now on something new. Receipts that are
    /// unknown or released already are passed over.
    func release(_ receipts: [ReceiptID]) async throws(LedgerError)
    /// Receipts not yet consumed by a message or report, oldest first; of all lines when `line` is nil.
    func unreadReceipts(line: LineID?) async throws(LedgerError) -> [Receipt]
    /// Those of the receipts whose very octets came in another receipt of the same line before, which has been consumed.
    func repeated(_ receipts: [Receipt]) async throws(LedgerError) -> Set<ReceiptID>
    /// Undecodable receipts, made unread again so that a better interpreter sees them. Returns how many.
    func replayUndecodable() async throws(LedgerError) -> Int
    /// Commits what receipts were found to mean, and consumes them, in one transaction. Conflict when a receipt is not unread. A
    /// final report on a segment that has one already consumes its receipts and adds no deliveries. A report that is an answer makes
    /// the send what its segments' reports say, or pending when segments are still to be sent; conflict when it is not in doubt.
    func commit(_ readings: [Reading]) async throws(LedgerError)
    /// Segments sent under a carrier's reference and not yet finally reported, newest first.
    func sentSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment]
    /// Segments sent under a carrier's reference and finally reported, newest first. Asked seldom: it may have to look at all there are.
    func reportedSegments(line: LineID, reference: String) async throws(LedgerError) -> [SentSegment]
    /// Segments of open attempts and of sends in doubt whose answer has not come, oldest first.
    func unansweredSegments(line: LineID) async throws(LedgerError) -> [UnansweredSegment]
}

/// Picture messages that carriers hold for us. An announcement becomes a retrieval when its reading is committed.
public protocol RetrievalLedger: Sendable {
    /// Open retrievals of a line that are due, oldest first, and when the next is.
    func retrievals(of line: LineID, due: Instant, limit: Int) async throws(LedgerError) -> DueRetrievals
    /// All that is open, or failed lately, oldest first.
    func retrievals() async throws(LedgerError) -> [RetrievalRecord]
    /// Commits a step; what was `held` is a receipt too, in the same transaction. Conflict when the retrieval is not open.
    func note(_ step: RetrievalStep, of retrieval: RetrievalID, at: Instant) async throws(LedgerError)
}

/// Messages and what is known of them.
public protocol MessageLedger: Sendable {
    /// Stores an outgoing or internal message with its deliveries. A key already used by the same endpoint stores nothing and
    /// gives back the message of the first time. With `gathering` it becomes a piece of the message that the same writer is still
    /// gathering for the same parties, where there is one and the pieces go together; else the first piece of a new one.
    func submit(
        _ message: Message, key: String, deliveries: [Delivery], gathering: Gathering?
    ) async throws(LedgerError) -> SubmissionOutcome
    /// Forgets messages and all that is known of them, oldest first: those recorded before, that nothing is still to be done for. Returns
    /// how many, at most `limit`.
    func forget(recordedBefore: Instant, limit: Int) async throws(LedgerError) -> Int
    /// Forgets receipts that came before, oldest first: those that were read, that no message is known from, and that nobody may hand over once
    /// more: their trunk has let go of them, or they are pictures that were fetched. Returns how many, at most `limit`.
    func forgetReceipts(receivedBefore: Instant, limit: Int) async throws(LedgerError) -> Int
    /// Forgets one message. Conflict while something is still to be done for it; false when there is none.
    func forget(_ message: MessageID) async throws(LedgerError) -> Bool
    /// Those of the digests that a part names.
    func namedMedia(among digests: [String]) async throws(LedgerError) -> Set<String>
    func message(_ id: MessageID) async throws(LedgerError) -> MessageRecord?
    /// The message that an endpoint knows by this reference (a SIP Call-ID).
    func message(origin endpoint: EndpointID, reference: String) async throws(LedgerError) -> MessageRecord?
    /// Messages younger than `after`, oldest first, at most `limit`; of all lines when `lines` is nil.
    func messages(after: MessageID?, limit: Int, lines: [LineID]?) async throws(LedgerError) -> [MessageRecord]
    /// Those selected, the highest number first.
    func messages(_ selection: MessageSelection) async throws(LedgerError) -> [NumberedMessage]
    /// From now on the message is in none of the reader's selections. Nothing else about it changes, and others see it.
    func hide(_ message: MessageID, from reader: String) async throws(LedgerError)
    func conversations(limit: Int, lines: [LineID]?) async throws(LedgerError) -> [ConversationSummary]
    /// The conversation of a line with just these parties, in any order, by its number: small, and the same for ever.
    func conversation(number: Int64) async throws(LedgerError) -> ConversationSummary?
    /// The life of one message, oldest first.
    func timeline(_ message: MessageID) async throws(LedgerError) -> [TimelineEntry]
    /// Entries of all messages after a sequence number, oldest first.
    func entries(after sequence: Int64, limit: Int) async throws(LedgerError) -> [TimelineEntry]
    func lastEntry() async throws(LedgerError) -> Int64
    /// A line's facts, as its trunk last told them.
    func update(_ line: Line) async throws(LedgerError)
    func lines() async throws(LedgerError) -> [Line]
}

/// Obligations and tries.
public protocol DeliveryLedger: Sendable {
    /// Takes due deliveries of one scope that head their queue, opens an attempt for each and leases them until `lease`. A queue is
    /// one destination and conversation: its order is kept, and it stands still while its head is open. What has expired is due too,
    /// so that it can be given up.
    func claim(_ scope: ClaimScope, limit: Int, now: Instant, lease: Instant, mint: Mint) async throws(LedgerError) -> Claimed
    /// What was done to the message's parts so that the carrier takes them, a sentence each. Conflict when the attempt is not open.
    func fitted(_ attempt: AttemptID, _ changes: [String], at: Instant) async throws(LedgerError)
    /// From here the segment's fate is unknown until it is accepted or the attempt settles. Durable before the first octet leaves.
    /// Conflict when the attempt is not open (any more) or the segment was accepted before: then nothing may leave.
    func willSubmit(_ attempt: AttemptID, segment: Int, of total: Int, at: Instant) async throws(LedgerError)
    func segmentAccepted(_ attempt: AttemptID, segment: Int, reference: String, at: Instant) async throws(LedgerError)
    /// Closes attempts; adds the deliveries that follow from it (news for the writer). Conflict when an attempt is not open; but one
    /// that `recover` left in doubt can still be settled, because its trunk's late word is better than doubt. What was deferred for
    /// want of a person's first device goes to the one that has registered meanwhile, now; what was expedited during the attempt is
    /// due now, whatever it was deferred to. What is repeated is due now, from the first segment without an answer.
    func settle(_ settlements: [Settlement]) async throws(LedgerError)
    /// Reopens what a dead process left claimed, or what was claimed and never begun: leases that ran out, but for the attempts in `open`,
    /// which somebody is still making. Sends with a submitted and unanswered segment become what `judge` makes of each: in doubt, or due
    /// again; those whose every segment was accepted are settled as accepted; everything else becomes pending again. Returns the attempts found.
    func recover(
        leasedBefore: Instant, keeping open: Set<AttemptID>, now: Instant, judge: @escaping @Sendable (DoubtfulSend) -> DoubtRuling
    ) async throws(LedgerError) -> [Recovered]
    /// Ends pending deliveries that have expired and whose scope is not among the `served`, oldest first, and adds what `news` makes of each.
    /// They fail, but those of which something was handed over whose fate nobody knows: these are in doubt. Returns how many, at most `limit`.
    func giveUpExpired(
        besides served: Set<ClaimScope>, _ failure: Failure, now: Instant, limit: Int,
        news: @escaping @Sendable (Message, Delivery, Settlement.Result) -> [Delivery]
    ) async throws(LedgerError) -> Int
    /// Makes pending deliveries to the device due now, and gives it those that wait for the person's first device.
    func expedite(endpoint: EndpointID, person: PersonID, device: DeviceID, now: Instant) async throws(LedgerError)
    /// Makes everything that waits for the line due now: its trunk is back.
    func expedite(line: LineID, now: Instant) async throws(LedgerError)
    /// The clock was set on by `step`, or back when it is negative, when it showed `at`: what is open keeps the lifetime and the lease that
    /// it had left, and nothing waits longer than it would have; neither does what comes soon after with times of the old clock. What is unread
    /// and what awaits its report came and left as long ago as before, and a carrier that was said to keep a message for a time keeps it for that.
    func clockWasSet(by step: Duration, at: Instant) async throws(LedgerError)
    func deliveries(of message: MessageID) async throws(LedgerError) -> [DeliveryRecord]
    /// A person's decision about a send in doubt: send it again, for `lifetime` from now, or take it as sent or as failed. The deliveries that
    /// `news` makes of it are added. Conflict when it is not in doubt.
    func decide(
        _ delivery: DeliveryID, _ decision: DoubtDecision, now: Instant, lifetime: @escaping @Sendable (Delivery) -> Duration,
        news: @escaping @Sendable (Message, Delivery) -> [Delivery]
    ) async throws(LedgerError)
    /// The person has looked at the message that this delivery brought to a device of theirs. Adds what `report` makes of it, for its sender,
    /// once a message, and returns what was added: nothing for a delivery that is not theirs or none.
    func wasRead(
        _ delivery: DeliveryID, by person: PersonID, at: Instant, report: @escaping @Sendable (Message) -> [Delivery]
    ) async throws(LedgerError) -> [Delivery]
    /// The lines and endpoints for which deliveries are open, whether anybody serves them or not.
    func openScopes() async throws(LedgerError) -> [ClaimScope]
    /// How many deliveries of the scope are open.
    func openDeliveries(_ scope: ClaimScope) async throws(LedgerError) -> Int
    /// Open and in-doubt deliveries by state, for metrics.
    func backlog() async throws(LedgerError) -> [DeliveryState: Int]
}

/// Persons, their devices, and API tokens.
public protocol PersonLedger: Sendable {
    /// Another password ends the registrations that were proven by the one before it.
    func save(_ person: Person) async throws(LedgerError)
    /// Gives a person other lines and changes nothing else of them. Conflict when there is no such person any more.
    func change(linesOf person: PersonID, to lines: [LineID]) async throws(LedgerError)
    /// The same with another password, which ends the registrations that were proven by the one before it.
    func change(credentialsOf person: PersonID, to credentials: SIPCredentials) async throws(LedgerError)
    /// Forgets a person with their devices and what they wanted sent later, and gives up what waits for them. Where they have no account either,
    /// what was their own goes too: contacts, blocks, shelves, drafts and settings.
    func remove(_ person: PersonID, now: Instant) async throws(LedgerError)
    func persons() async throws(LedgerError) -> [Person]
    /// Those chosen, with the devices they have used.
    func subscribers(_ selection: SubscriberSelection) async throws(LedgerError) -> [Subscriber]
    func save(_ binding: Binding) async throws(LedgerError)
    /// Ends a registration. The device stays known: messages go on being kept for it.
    func unregister(_ person: PersonID, _ device: DeviceID) async throws(LedgerError)
    /// Registrations that have not expired.
    func bindings(now: Instant) async throws(LedgerError) -> [Binding]
    /// Devices that ever registered and were not forgotten, oldest first.
    func devices(of person: PersonID) async throws(LedgerError) -> [DeviceID]
    /// The same with all that is known of them.
    func deviceRecords(of person: PersonID) async throws(LedgerError) -> [DeviceRecord]
    /// Forgets a device and gives up what waits for it.
    func forget(_ person: PersonID, _ device: DeviceID, now: Instant) async throws(LedgerError)
    func save(_ token: Token) async throws(LedgerError)
    func removeToken(named name: String) async throws(LedgerError) -> Bool
    func tokens() async throws(LedgerError) -> [Token]
    /// Rises whenever persons or tokens change, also by another process; cheap enough to ask every second.
    func directoryVersion() async throws(LedgerError) -> Int64
}
