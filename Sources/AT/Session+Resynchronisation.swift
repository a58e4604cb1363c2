import Wire

extension Session {
    /// Leaves the prompt, if there is one, and gives the modem `pause` to do so.
    mutating func escape(
        _ exchange: Exchange?, completion: Reply.Completion, leaving pause: Duration = Timing.escape
    ) -> [Output<Effect, TimerName>] {
        state = .resynchronising(Resynchronisation(failed: exchange, completion: completion))
        return [
            .disarm(.deadline), .disarm(.prompt), .effect(.write([Octet.escape])), .arm(.resynchronise, after: pause),
        ]
    }

    mutating func probe(_ current: Resynchronisation) -> [Output<Effect, TimerName>] {
        var way = current
        guard way.probes < Timing.probes else { return [.effect(.hung)] + finish(way) }
        way.probes += 1
        way.stage = .probed
        state = .resynchronising(way)
        return [.effect(.write(Array("AT\r".utf8))), .arm(.resynchronise, after: Timing.probe)]
    }

    /// A result while finding back: the one of ESC leads to the probe, the probe's to a short wait for results that are late.
    mutating func take(_ result: ResultCode, _ current: Resynchronisation) -> [Output<Effect, TimerName>] {
        var way = current
        switch way.stage {
        case .escaped:
            return probe(way)
        case .probed:
            way.stage = .settling
            state = .resynchronising(way)
            return [.disarm(.resynchronise), .arm(.settle, after: Timing.settle)]
        case .settling:
            return []
        }
    }

    /// A submission's reference that comes after its deadline still settles it.
    mutating func takeLateReference(_ line: String, _ current: Resynchronisation) {
        var way = current
        guard way.completion == .timedOut(.submitted), MessageReference(line: line) != nil else { return }
        way.failed?.add(line)
        way.completion = .result(.ok)
        state = .resynchronising(way)
    }

    mutating func finish(_ way: Resynchronisation) -> [Output<Effect, TimerName>] {
        state = .idle
        let timers: [Output<Effect, TimerName>] = [.disarm(.resynchronise), .disarm(.settle)]
        if let exchange = way.failed { return timers + [answer(exchange, way.completion)] }
        return way.probes < Timing.probes || way.stage == .settling ? timers + [.effect(.ready)] : timers
    }

    /// A prompt that no submission waits for would take the next command as a message's text: leave it.
    mutating func takePrompt() -> [Output<Effect, TimerName>] {
        guard continued == nil else {
            continued?.appendPrompt()
            return []
        }
        switch state {
        case .awaitingPrompt(let exchange):
            state = .prompted(exchange)
            return [.disarm(.prompt), .effect(.prompted)]
        case .running(let exchange):
            return escape(exchange, completion: .timedOut(.commanded))
        case .idle:
            return escape(nil, completion: .result(.ok))
        case .resynchronising(var way):
            way.stage = .escaped
            state = .resynchronising(way)
            return [.disarm(.settle), .effect(.write([Octet.escape])), .arm(.resynchronise, after: Timing.escape)]
        case .prompted, .submitted, .closed:
            return []
        }
    }
}
