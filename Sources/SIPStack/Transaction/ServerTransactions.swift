import NIOCore
import Runtime
import SIP

/// The server transactions: finds the one a request belongs to, absorbs retransmissions, remembers answers, stays within its bounds.
///
/// A value; time comes in, octets to be sent go out.
struct ServerTransactions {
    typealias ID = Driver<ServerTransaction>.ID

    struct Entry {
        let key: TransactionKey
        /// Where answers go.
        let reply: Flow
        let toTag: String
        /// Let go of with the final response.
        var request: Request?
        var mergeKey: MergeKey?
        /// What was sent last.
        var octets: [UInt8] = []
        /// The transaction user at work.
        var work: Task<Void, Never>?
    }

    /// What a request turned out to be.
    enum Arrival {
        case new(ID)
        /// A retransmission, absorbed; here is what to send again.
        case repeated([Action])
        /// Another copy of a request in work (RFC 3261 §8.2.2.2).
        case merged
        /// There is no room for another one.
        case overloaded
    }

    enum Action {
        case send([UInt8], over: Flow, for: ID, again: Bool)
        case acknowledged(ID)
        case failed(ID, TransactionFailure)
    }

    private let limits: TransactionLimits
    private var driver = Driver<ServerTransaction>()
    private var entries: [ID: Entry] = [:]
    private var byKey: [TransactionKey: ID] = [:]
    private var byMergeKey: [MergeKey: ID] = [:]
    private var unanswered: Set<ID> = []
    /// In the order in which they were answered; may name some that are gone.
    private var answered = CircularBuffer<ID>()

    init(_ limits: TransactionLimits) {
        self.limits = limits
    }

    var count: Int { entries.count }
    var nextDeadline: ContinuousClock.Instant? { driver.nextDeadline }

    subscript(id: ID) -> Entry? { entries[id] }

    /// A request other than ACK.
    mutating func receive(_ request: Request, key: TransactionKey, reply: Flow, toTag: String, at now: ContinuousClock.Instant) -> Arrival {
        if let id = byKey[key] {
            return .repeated(carryOut(driver.handle(.request, for: id, at: now)))
        }
        let mergeKey = MergeKey(request)
        if let mergeKey, byMergeKey[mergeKey] != nil { return .merged }
        guard unanswered.count < limits.unanswered, makeRoom() else { return .overloaded }
        let id = driver.start(ServerTransaction(request.method, over: reply.transport.reliability, timers: limits.timers))
        entries[id] = Entry(key: key, reply: reply, toTag: toTag, request: request, mergeKey: mergeKey)
        byKey[key] = id
        unanswered.insert(id)
        if let mergeKey { byMergeKey[mergeKey] = id }
        _ = carryOut(driver.handle(.request, for: id, at: now))
        return .new(id)
    }

    /// An ACK, by the key of its INVITE; nil if there is none.
    mutating func acknowledge(_ key: TransactionKey, at now: ContinuousClock.Instant) -> [Action]? {
        byKey[key].map { carryOut(driver.handle(.acknowledgement, for: $0, at: now)) }
    }

    /// The INVITE that a CANCEL is meant for; nil if there is none.
    func invite(_ key: TransactionKey) -> ID? { byKey[key] }

    /// Whether a final response has been given, or the transaction is over.
    func isAnswered(_ id: ID) -> Bool { driver[id]?.isAnswered ?? true }

    mutating func respond(_ response: Response, for id: ID, at now: ContinuousClock.Instant) -> [Action] {
        guard !isAnswered(id) || response.status.isSuccess else { return [] }
        let actions = carryOut(driver.handle(.respond(response), for: id, at: now))
        if response.status.isFinal { settle(id) }
        return actions
    }

    /// Gives the final response and forgets the request. What only asks for proof is worth no memory, and is not repeated to an address that
    /// may not have asked; who repeats the request is answered anew (RFC 3261 §8.2.7).
    mutating func respondOnce(_ response: Response, for id: ID) -> [Action] {
        guard !isAnswered(id) else { return [] }
        let actions = send(response, for: id)
        driver.remove(id)
        forget(id)
        return actions
    }

    mutating func transportFailed(_ id: ID, at now: ContinuousClock.Instant) -> [Action] {
        carryOut(driver.handle(.transportFailed, for: id, at: now))
    }

    mutating func setWork(_ work: Task<Void, Never>, for id: ID) {
        guard !isAnswered(id) else { return }
        entries[id]?.work = work
    }

    mutating func advance(to now: ContinuousClock.Instant) -> [Action] {
        carryOut(driver.advance(to: now))
    }

    /// Everything in work, for the end.
    var work: [Task<Void, Never>] { entries.values.compactMap(\.work) }

    private mutating func carryOut(_ steps: [Driver<ServerTransaction>.Step]) -> [Action] {
        var actions: [Action] = []
        for step in steps {
            switch step {
            case .effect(.send(let response), let id):
                actions += send(response, for: id)
            case .effect(.sendTrying, let id):
                guard let request = entries[id]?.request else { continue }
                actions += send(Response(to: request, .trying, toTag: nil), for: id)
            case .effect(.resend, let id):
                guard let entry = entries[id], !entry.octets.isEmpty else { continue }
                actions.append(.send(entry.octets, over: entry.reply, for: id, again: true))
            case .effect(.deliverAcknowledgement, let id):
                actions.append(.acknowledged(id))
            case .effect(.fail(let failure), let id):
                actions.append(.failed(id, failure))
            case .effect(.deliver, _):
                // The caller of `receive` has the request in its hands.
                continue
            case .finished(let id):
                forget(id)
            }
        }
        return actions
    }

    private mutating func send(_ response: Response, for id: ID) -> [Action] {
        guard let reply = entries[id]?.reply else { return [] }
        let octets = response.encoded()
        entries[id]?.octets = octets
        return [.send(octets, over: reply, for: id, again: false)]
    }

    /// Lets go of what only an unanswered transaction needs.
    private mutating func settle(_ id: ID) {
        guard let entry = entries[id], unanswered.remove(id) != nil else { return }
        if let mergeKey = entry.mergeKey { byMergeKey[mergeKey] = nil }
        entries[id]?.request = nil
        entries[id]?.mergeKey = nil
        entries[id]?.work = nil
        answered.append(id)
    }

    private mutating func forget(_ id: ID) {
        guard let entry = entries.removeValue(forKey: id) else { return }
        byKey[entry.key] = nil
        unanswered.remove(id)
        if let mergeKey = entry.mergeKey { byMergeKey[mergeKey] = nil }
        while let first = answered.first, entries[first] == nil { answered.removeFirst() }
    }

    /// False when all there are are unanswered.
    private mutating func makeRoom() -> Bool {
        while entries.count >= limits.remembered {
            guard let oldest = answered.popFirst() else { return false }
            driver.remove(oldest)
            forget(oldest)
        }
        return true
    }
}
