import Wire

@testable import AT

/// A session with its framer, told text and asked for the effects and armed timers it came to.
struct SessionRig {
    var session = Session()
    var framer = LineFramer()
    var armed: Set<Session.TimerName> = []
    var finished = false

    /// A session that has found its modem.
    static func ready() -> SessionRig {
        var rig = SessionRig()
        _ = rig.event(.opened)
        _ = rig.receive("OK\r\n")
        _ = rig.receive("OK\r\n")
        _ = rig.fire(.settle)
        return rig
    }

    mutating func receive(_ text: String) -> [Session.Effect] {
        receive(Array(text.utf8))
    }

    mutating func receive(_ octets: [UInt8]) -> [Session.Effect] {
        framer.feed(octets).flatMap { event(.frame($0)) }
    }

    mutating func event(_ event: Session.Event) -> [Session.Effect] {
        carryOut(session.handle(.event(event)))
    }

    mutating func fire(_ timer: Session.TimerName) -> [Session.Effect] {
        armed.remove(timer)
        return carryOut(session.handle(.fired(timer)))
    }

    private mutating func carryOut(_ outputs: [Output<Session.Effect, Session.TimerName>]) -> [Session.Effect] {
        outputs.compactMap { output in
            switch output {
            case .effect(let effect): return effect
            case .arm(let timer, _): armed.insert(timer)
            case .disarm(let timer): armed.remove(timer)
            case .finished: finished = true
            }
            return nil
        }
    }
}

func write(_ text: String) -> Session.Effect { .write(Array(text.utf8)) }
