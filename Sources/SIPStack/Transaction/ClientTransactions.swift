import Runtime
import SIP

/// The client transactions: sends again, finds the one a response belongs to, tells whoever waits.
///
/// A value; time comes in, octets to be sent and results go out.
struct ClientTransactions {
    typealias ID = Driver<ClientTransaction>.ID
    typealias Waiter = CheckedContinuation<Result<Response, SendFailure>, Never>

    struct Entry {
        let key: TransactionKey
        /// As sent, our Via in it.
        let request: Request
        let octets: [UInt8]
        let flow: Flow
        let onProvisional: (@Sendable (Response) -> Void)?
        /// Gone once it has its result.
        var waiter: Waiter?
        var sendCount = 0
    }

    enum Action {
        case send([UInt8], over: Flow, for: ID, again: Bool)
        case provisional(Response, @Sendable (Response) -> Void)
        case finish(Waiter, Result<Response, SendFailure>)
        /// A connection over which nobody answered: its peer is taken for gone.
        case giveUp(Flow)
    }

    private let timers: TimerSettings
    private var driver = Driver<ClientTransaction>()
    private var entries: [ID: Entry] = [:]
    private var byKey: [TransactionKey: ID] = [:]

    init(_ limits: TransactionLimits) {
        timers = limits.timers
    }

    var count: Int { entries.count }
    var nextDeadline: ContinuousClock.Instant? { driver.nextDeadline }

    /// Starts a transaction. Carry out the actions after having kept the id.
    mutating func start(_ entry: Entry, at now: ContinuousClock.Instant) -> (ID, [Action]) {
        let id = driver.start(ClientTransaction(entry.request.method, over: entry.flow.transport.reliability, timers: timers))
        entries[id] = entry
        byKey[entry.key] = id
        return (id, carryOut(driver.handle(.start, for: id, at: now)))
    }

    /// Nil when the response belongs to no transaction.
    mutating func receive(_ response: Response, at now: ContinuousClock.Instant) -> [Action]? {
        guard let key = TransactionKey(of: response), let id = byKey[key] else { return nil }
        return carryOut(driver.handle(.response(response), for: id, at: now))
    }

    mutating func transportFailed(_ id: ID, at now: ContinuousClock.Instant) -> [Action] {
        carryOut(driver.handle(.transportFailed, for: id, at: now))
    }

    /// A connection closed: whatever was sent over it will get no answer.
    mutating func flowClosed(_ flow: Flow, at now: ContinuousClock.Instant) -> [Action] {
        entries.filter { $0.value.flow == flow }.keys.flatMap { transportFailed($0, at: now) }
    }

    /// Ends a transaction whose waiter has gone or whose time is up.
    mutating func abandon(_ id: ID, _ failure: SendFailure) -> [Action] {
        guard let entry = entries[id], let waiter = entry.waiter else { return [] }
        driver.remove(id)
        forget(id)
        return [.finish(waiter, .failure(failure))]
    }

    mutating func abandonAll(_ failure: SendFailure) -> [Action] {
        Array(entries.keys).flatMap { abandon($0, failure) }
    }

    mutating func advance(to now: ContinuousClock.Instant) -> [Action] {
        carryOut(driver.advance(to: now))
    }

    private mutating func carryOut(_ steps: [Driver<ClientTransaction>.Step]) -> [Action] {
        steps.flatMap { step -> [Action] in
            switch step {
            case .effect(.send, let id): send(id)
            case .effect(.acknowledge(let failure), let id): acknowledge(failure, id)
            case .effect(.deliver(let response), let id): deliver(response, id)
            case .effect(.fail(.timeout), let id): finish(id, .failure(.timeout)) + giveUp(id)
            case .effect(.fail(.transport), let id): finish(id, .failure(.transport))
            case .finished(let id): forget(id)
            }
        }
    }

    private mutating func send(_ id: ID) -> [Action] {
        guard let entry = entries[id] else { return [] }
        entries[id]?.sendCount += 1
        return [.send(entry.octets, over: entry.flow, for: id, again: entry.sendCount > 0)]
    }

    private func acknowledge(_ failure: Response, _ id: ID) -> [Action] {
        guard let entry = entries[id] else { return [] }
        return [.send(Request(acknowledging: failure, of: entry.request).encoded(), over: entry.flow, for: id, again: false)]
    }

    private mutating func deliver(_ response: Response, _ id: ID) -> [Action] {
        if response.status.isFinal { return finish(id, .success(response)) }
        return entries[id]?.onProvisional.map { [.provisional(response, $0)] } ?? []
    }

    private mutating func finish(_ id: ID, _ result: Result<Response, SendFailure>) -> [Action] {
        guard let waiter = entries[id]?.waiter else { return [] }
        entries[id]?.waiter = nil
        return [.finish(waiter, result)]
    }

    private func giveUp(_ id: ID) -> [Action] {
        guard let flow = entries[id]?.flow, flow.transport.reliability == .reliable else { return [] }
        return [.giveUp(flow)]
    }

    @discardableResult
    private mutating func forget(_ id: ID) -> [Action] {
        if let entry = entries.removeValue(forKey: id) { byKey[entry.key] = nil }
        return []
    }
}
