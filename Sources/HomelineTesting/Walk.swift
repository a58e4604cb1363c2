import Testing
import Wire

/// Drives a machine with random inputs as a driver would, and holds what is true of every machine: it answers nothing after its end,
/// says a bounded number of things at once, and a timer that ran out runs no longer.
public struct Walk<Machine: StateMachine> where Machine.Event: Sendable {
    public typealias Outputs = [Output<Machine.Effect, Machine.TimerName>]

    public private(set) var machine: Machine
    public private(set) var isFinished = false
    /// Time that has passed for the machine.
    public private(set) var now = Duration.zero
    private var armed: [Machine.TimerName: Duration] = [:]
    private let outputLimit: Int

    public init(_ machine: Machine, outputLimit: Int = 16) {
        self.machine = machine
        self.outputLimit = outputLimit
    }

    /// Timers that run.
    public var armedTimers: Set<Machine.TimerName> { Set(armed.keys) }

    /// Tells it something; the effects.
    public mutating func tell(_ event: Machine.Event) -> [Machine.Effect] { take(machine.handle(.event(event))) }

    /// A timer that it may have stopped: a driver fires none, but a late one must do no harm.
    public mutating func fireStale(_ timer: Machine.TimerName) -> [Machine.Effect] {
        armed[timer] == nil ? take(machine.handle(.fired(timer))) : []
    }

    /// Lets time pass to the next timer; nil when none runs.
    public mutating func passToNextTimer() -> [Machine.Effect]? {
        guard let next = armed.min(by: { $0.value < $1.value }) else { return nil }
        armed[next.key] = nil
        now = max(now, next.value)
        return take(machine.handle(.fired(next.key)))
    }

    /// Lets all timers run out. A machine whose timers go on and on is stuck.
    public mutating func runOut(limit: Int = 64) -> [Machine.Effect] {
        var effects: [Machine.Effect] = []
        for _ in 0..<limit {
            guard let more = passToNextTimer() else { return effects }
            effects += more
        }
        Issue.record("timers still run after \(limit): \(armed.keys)")
        return effects
    }

    private mutating func take(_ outputs: Outputs) -> [Machine.Effect] {
        #expect(!isFinished || outputs.isEmpty, "it answers after its end")
        #expect(outputs.count <= outputLimit)
        var effects: [Machine.Effect] = []
        for output in outputs {
            switch output {
            case .effect(let effect): effects.append(effect)
            case .arm(let timer, let delay):
                #expect(delay > .zero)
                armed[timer] = now + delay
            case .disarm(let timer): armed[timer] = nil
            case .finished:
                isFinished = true
                armed = [:]
            }
        }
        return effects
    }
}
