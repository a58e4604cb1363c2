import AT
import Exchange
import Runtime
import Wire

/// The one owner of an open serial port: runs the AT session over it and lets one command through at a time.
actor ModemLink {
    /// How far a command came before it needs its issuer again.
    enum Progress: Sendable {
        /// The modem waits for the PDU: call `submit` or `abandon`, and nothing else.
        case prompted
        case answered(Reply)
    }

    /// How a link ended.
    enum Ending: Equatable, Sendable {
        /// The device is gone or the far side hung up.
        case disconnected
        /// It answered nothing, not even `AT`.
        case hung
        /// We closed it.
        case closed
    }

    private let port: SerialPort
    private let clock: any MonotonicClock
    /// Called in order for each notification; must return at once.
    private let notify: @Sendable (Unsolicited) -> Void
    private let trace: @Sendable (LinkTrace) -> Void

    var driver = Driver<Session>()
    var session: Driver<Session>.ID?
    private var framer = LineFramer()
    var ending: Ending?
    private var outbox: [[UInt8]] = []
    private let mustWrite = WakeSignal()
    private let timersChanged = WakeSignal()

    var isTaken = false
    var turns: [CheckedContinuation<Void, Never>] = []
    var idleWaiters: [CheckedContinuation<Void, Never>] = []
    var arrived: Progress?
    var issuer: CheckedContinuation<Progress, Never>?

    init(
        port: SerialPort, clock: any MonotonicClock, trace: @escaping @Sendable (LinkTrace) -> Void = { _ in },
        notify: @escaping @Sendable (Unsolicited) -> Void
    ) {
        self.port = port
        self.clock = clock
        self.trace = trace
        self.notify = notify
    }

    /// Runs until the line ends, hangs or is closed; every command still waiting is then answered as disconnected.
    func run() async -> Ending {
        session = driver.start(Session())
        feed(.opened)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.write() }
            group.addTask { await self.runTimers() }
            await read()
            end(.disconnected)
            group.cancelAll()
        }
        return ending ?? .disconnected
    }

    /// Whether nothing can be sent any more.
    var hasEnded: Bool { ending != nil }

    /// Ends the link; `run` returns.
    func close() {
        end(.closed)
    }

    // MARK: The machine

    func feed(_ event: Session.Event) {
        guard let session else { return }
        let before = driver.nextDeadline
        carryOut(driver.handle(event, for: session, at: clock.now))
        if driver.nextDeadline != before { timersChanged.ring() }
    }

    private func carryOut(_ steps: [Driver<Session>.Step]) {
        for step in steps {
            switch step {
            case .effect(let effect, _): carryOut(effect)
            case .finished: session = nil
            }
        }
    }

    private func carryOut(_ effect: Session.Effect) {
        switch effect {
        case .write(let octets):
            outbox.append(octets)
            mustWrite.ring()
        case .ready:
            releaseIdleWaiters()
        case .prompted:
            report(.prompted)
        case .answered(let command, let reply):
            let reply = correct(reply)
            trace(.answered(command, reply))
            report(.answered(reply))
            releaseIdleWaiters()
        case .unsolicited(let notification):
            trace(.unsolicited(notification))
            notify(notification)
        case .stray(let text):
            trace(.stray(text))
        case .hung:
            end(.hung)
        }
    }

    /// A Ctrl-Z that never left our hands has submitted nothing.
    private func correct(_ reply: Reply) -> Reply {
        guard reply.completion == .disconnected(.submitted), outbox.contains([0x1A]) else { return reply }
        return Reply(lines: reply.lines, completion: .disconnected(.prompted))
    }

    func end(_ how: Ending) {
        guard ending == nil else { return }
        ending = how
        feed(.disconnected)
        session = nil
        outbox = []
        releaseIdleWaiters()
        mustWrite.ring()
        timersChanged.ring()
        port.close()
    }

    // MARK: Loops

    private func read() async {
        do {
            for try await octets in port.inbound {
                for frame in framer.feed(octets) { feed(.frame(frame)) }
            }
        } catch is CancellationError {
            // Told to stop.
        } catch {
            trace(.failed("\(error)"))
        }
    }

    /// Where writing fails, what was read before is still taken in: the link ends with what comes from the port.
    private func write() async {
        while ending == nil, !Task.isCancelled {
            guard !outbox.isEmpty else {
                await mustWrite.wait()
                continue
            }
            do {
                try await port.write(outbox.removeFirst())
            } catch {
                trace(.failed("\(error)"))
                return port.close()
            }
        }
    }

    private func runTimers() async {
        while ending == nil, !Task.isCancelled {
            if let deadline = driver.nextDeadline {
                await timersChanged.wait(until: deadline, clock: clock)
            } else {
                await timersChanged.wait()
            }
            carryOut(driver.advance(to: clock.now))
        }
    }
}

/// What crosses a link, for the log.
enum LinkTrace: Sendable {
    case answered(Command, Reply)
    case unsolicited(Unsolicited)
    case stray(String)
    case failed(String)
}
