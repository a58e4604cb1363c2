import AT
import Wire

/// A session and the timers it has armed, without a clock: they run out when told.
struct Conversation {
    var session = Session()
    private(set) var armed: Set<Session.TimerName> = []
    private(set) var answers = 0
    private(set) var submissions = 0
    private(set) var controlZs = 0

    mutating func tell(_ input: Input<Session.Event, Session.TimerName>) {
        var mayPrompt = false
        for output in session.handle(input) {
            switch output {
            case .effect(.answered): answers += 1
            case .effect(.prompted): mayPrompt = true
            case .effect(.write([0x1A])): controlZs += 1
            case .effect: break
            case .arm(let timer, _): armed.insert(timer)
            case .disarm(let timer): armed.remove(timer)
            case .finished: armed = []
            }
        }
        guard mayPrompt else { return }
        submissions += 1
        tell(.event(.submit))
    }

    /// From closed to ready, as a modem that answers at once does it.
    mutating func open() {
        tell(.event(.opened))
        for _ in 0..<2 { tell(.event(.frame(.line("OK")))) }
        runOut()
    }

    /// Lets every timer run out until none is left, in the order in which they would.
    mutating func runOut() {
        for _ in 0..<32 {
            let order: [Session.TimerName] = [.settle, .resynchronise, .payload, .prompt, .deadline]
            guard let timer = order.first(where: armed.contains) else { return }
            armed.remove(timer)
            tell(.fired(timer))
        }
    }
}
