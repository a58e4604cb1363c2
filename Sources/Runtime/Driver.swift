import Wire

/// Runs any number of machines of one kind: keeps them, owns their timers, lists those alive.
///
/// It is itself a value to which time is an argument. Whoever owns it (an actor on an event loop, an actor on the pool, a test)
/// calls `advance(to:)` when `nextDeadline` has come and carries out the steps in order; on an event loop an `EventLoopAlarm` does the waiting.
public struct Driver<Machine: StateMachine>: Sendable {
    /// Names one machine for the life of this driver; never used again.
    public struct ID: Hashable, Sendable {
        let number: UInt64
    }

    /// What a machine wants done, and by which machine.
    public enum Step: Sendable {
        case effect(Machine.Effect, of: ID)
        /// The machine is gone; forget what you kept for it.
        case finished(ID)
    }

    private struct Timer: Sendable {
        let id: ID
        let name: Machine.TimerName
    }

    private struct Seat: Sendable {
        var machine: Machine
        /// A machine has one or two timers at a time: a short list is faster than a dictionary.
        var armed: [(name: Machine.TimerName, order: UInt64)] = []
    }

    private var seats: [ID: Seat] = [:]
    private var deadlines = DeadlineQueue<Timer>()
    private var armedCount = 0
    private var lastNumber: UInt64 = 0

    public init() {}

    /// How many machines are alive.
    public var count: Int { seats.count }
    /// Every machine alive, for people who ask what is going on.
    public var machines: [ID: Machine] { seats.mapValues(\.machine) }
    /// When `advance(to:)` is next worth calling; nil while no timer runs. May be early, never late.
    public var nextDeadline: ContinuousClock.Instant? { deadlines.first?.deadline }

    /// The machine as it stands, nil once it has finished.
    public subscript(id: ID) -> Machine? { seats[id]?.machine }

    /// Takes a machine in. It does nothing until it is told something.
    public mutating func start(_ machine: Machine) -> ID {
        lastNumber += 1
        let id = ID(number: lastNumber)
        seats[id] = Seat(machine: machine)
        return id
    }

    /// Tells a machine that something happened. A machine that has finished hears nothing.
    public mutating func handle(_ event: Machine.Event, for id: ID, at now: ContinuousClock.Instant) -> [Step] {
        feed(.event(event), to: id, at: now)
    }

    /// Fires every timer that is due, earliest first.
    public mutating func advance(to now: ContinuousClock.Instant) -> [Step] {
        var steps: [Step] = []
        while let first = deadlines.first, first.deadline <= now {
            _ = deadlines.removeFirst()
            guard disarm(first.key.name, of: first.key.id, onlyIf: first.order) else { continue }
            // The timer's own instant counts as now, so that a late caller does not stretch a chain of retransmissions.
            steps += feed(.fired(first.key.name), to: first.key.id, at: first.deadline)
        }
        return steps
    }

    /// Drops a machine and its timers without asking it.
    public mutating func remove(_ id: ID) {
        guard let seat = seats.removeValue(forKey: id) else { return }
        armedCount -= seat.armed.count
        sweepIfStale()
    }

    private mutating func feed(_ input: Input<Machine.Event, Machine.TimerName>, to id: ID, at now: ContinuousClock.Instant) -> [Step] {
        guard let outputs = seats[id]?.machine.handle(input) else { return [] }
        var steps: [Step] = []
        steps.reserveCapacity(outputs.count)
        for output in outputs {
            switch output {
            case .effect(let effect):
                steps.append(.effect(effect, of: id))
            case .arm(let name, let delay):
                disarm(name, of: id)
                arm(name, of: id, at: now + delay)
            case .disarm(let name):
                disarm(name, of: id)
            case .finished:
                remove(id)
                steps.append(.finished(id))
            }
        }
        return steps
    }

    private mutating func arm(_ name: Machine.TimerName, of id: ID, at deadline: ContinuousClock.Instant) {
        guard seats[id] != nil else { return }
        let order = deadlines.insert(Timer(id: id, name: name), at: deadline)
        seats[id]?.armed.append((name, order))
        armedCount += 1
    }

    /// Whether the timer was armed (and, if `order` is given, was that very arming).
    @discardableResult
    private mutating func disarm(_ name: Machine.TimerName, of id: ID, onlyIf order: UInt64? = nil) -> Bool {
        guard let index = seats[id]?.armed.firstIndex(where: { $0.name == name && (order == nil || $0.order == order) }) else { return false }
        seats[id]?.armed.remove(at: index)
        armedCount -= 1
        sweepIfStale()
        return true
    }

    /// Disarmed timers stay in the heap until it is mostly made of them.
    private mutating func sweepIfStale() {
        guard deadlines.count > 64, deadlines.count > 2 * armedCount else { return }
        let seats = seats
        deadlines.removeAll { entry in
            !(seats[entry.key.id]?.armed.contains { $0.order == entry.order } ?? false)
        }
    }
}

extension Driver.Step: Equatable where Machine.Effect: Equatable {}
