import SMS
import Wire

/// The little network between virtual modems and the phones outside.
///
/// It keeps what it cannot deliver, as a service centre does: while a modem is off, full or does not acknowledge. It numbers lines by their
/// E.164 number.
public struct CellularNetwork: StateMachine {
    public enum Event: Equatable, Sendable {
        /// A modem can be reached, or no longer.
        case attached(String)
        case detached(String)
        /// A modem took a message over, or could not (3GPP TS 23.040 §9.2.3.22).
        case acknowledged(id: UInt64, by: String)
        case refused(id: UInt64, cause: UInt8, by: String)
        case memoryAvailable(String)
        case submitted(PDU, by: String, at: Int)
        case ussd(String, by: String)
        case ussdCancelled(String)
        /// A phone outside, or a name, sends a text to a line. Time in seconds since 1970 (UTC).
        case text(from: String, to: String, text: String, at: Int)
        /// A TPDU as it stands, with or without a service centre field of its own.
        case pdu(PDU, kind: Incoming.Kind, to: String)
        case fault(AirFault)
        case reports(ReportPolicy)
        case phones(OutsidePhone, delay: Duration)
        /// The time between two messages to the same line.
        case pace(Duration)
        /// Forgets what was sent and what waits.
        case reset
    }

    public enum Effect: Equatable, Sendable {
        case incoming(Incoming, to: String)
        case answered(SubmissionAnswer, to: String)
        case ussd(USSDAnswer, to: String)
        /// The network's zone in quarter hours, told at every attachment.
        case zone(Int, to: String)
        /// A message left completely.
        case sent(SentMessage)
        /// A text cannot be sent: why.
        case unsendable(String)
    }

    public enum TimerName: Hashable, Sendable {
        case report(Int)
        case reply(Int)
        /// Delivery to a line is tried again.
        case retry(String)
        /// The next message may go to a line.
        case rest(String)
    }

    /// Lines by number.
    var subscribers: [String: Subscriber] = [:]
    var log = SentLog()
    var composer: TextComposer
    var menu = ServiceMenu()
    var reportPolicy = ReportPolicy.delivered(after: .milliseconds(100))
    var phones = OutsidePhone.silent
    var replyDelay = Duration.milliseconds(500)
    var refusals: (cause: Int, times: Int)?
    var dueReports: [Int: DueReport] = [:]
    var dueReplies: [Int: DueReply] = [:]
    var lastNumber = 0
    var lastID: UInt64 = 0
    var outputs: [Output<Effect, TimerName>] = []

    struct DueReport: Sendable {
        var report: StatusReport
        var to: String
    }

    struct DueReply: Sendable {
        var from: String
        var to: String
        var text: String
        var time: Int
    }

    /// How long the service centre waits before it tries a modem again that gave no reason for a refusal.
    static let retryInterval = Duration.seconds(10)

    /// The time between two messages to the same line. A real cell takes seconds; programs are used to some.
    var pace = Duration.milliseconds(50)

    public init(serviceCentre: String = "+491710760000") {
        composer = TextComposer(serviceCentre: serviceCentre)
    }

    /// All that left, oldest first, incomplete messages included.
    public var sent: [SentMessage] { log.messages }

    /// How many messages wait for a line.
    public func waiting(for number: String) -> Int { subscribers[number]?.queue.count ?? 0 }

    public mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch input {
        case .event(.attached(let number)): attach(number)
        case .event(.detached(let number)): detach(number)
        case .event(.acknowledged(let id, let number)): settle(id, by: number)
        case .event(.refused(let id, let cause, let number)): postpone(id, cause: cause, by: number)
        case .event(.memoryAvailable(let number)), .fired(.retry(let number)): tryAgain(number)
        case .event(.submitted(let pdu, let number, let now)): accept(pdu, from: number, at: now)
        case .event(.ussd(let request, let number)): outputs.append(.effect(.ussd(menu.answer(request, from: number), to: number)))
        case .event(.ussdCancelled(let number)): menu.cancel(number)
        case .event(.text(let from, let to, let text, let now)): send(text, from: from, to: to, at: now)
        case .event(.pdu(let pdu, let kind, let number)): enqueue(pdu, kind: kind, for: number)
        case .event(.fault(.refuse(let cause, let times))): refusals = times > 0 ? (cause, times) : nil
        case .event(.fault(.zone(let quarterHours))): changeZone(quarterHours)
        case .event(.fault(let fault)): composer.plan(fault)
        case .event(.reports(let policy)): reportPolicy = policy
        case .event(.phones(let phones, let delay)): (self.phones, replyDelay) = (phones, delay)
        case .event(.pace(let pace)): self.pace = pace
        case .event(.reset): reset()
        case .fired(.rest(let number)): endRest(number)
        case .fired(.report(let number)): sendReport(number)
        case .fired(.reply(let number)): sendReply(number)
        }
        defer { outputs = [] }
        return outputs
    }

    private mutating func reset() {
        log.clear()
        subscribers = subscribers.mapValues { Subscriber(isAttached: $0.isAttached) }
        dueReports = [:]
        dueReplies = [:]
        refusals = nil
        reportPolicy = .delivered(after: .milliseconds(100))
        phones = .silent
        composer.heal()
        changeZone(TextComposer.standardZone)
    }
}
