import Exchange
import Logging
import Runtime
import Telephony
import Wire

/// A span of a TG gateway: keeps the connection, sends over it, and puts what it says into the inbox.
actor YeastarTrunk {
    private struct Current {
        let order: YeastarOrder
        let settle: CheckedContinuation<YeastarFate?, Never>
        /// Whether the gateway may have heard it; until then it waits its turn behind another command.
        var isUnderway = false

        /// What is known of it when nobody hears what becomes of it: what was written may have been heard.
        var fateUnheard: YeastarFate? { isUnderway ? .unanswered : nil }
    }

    /// What a sender wants of the connection.
    private enum Errand: Sendable {
        case submit(YeastarOrder)
        /// Nobody waits for it any more.
        case giveUp(YeastarOrder)
    }

    let settings: YeastarSettings
    private let ports: any SerialPorts
    private let inbox: GatewayInbox
    private let receipts: Inbox
    private let notices: any OwnerNotices
    private let pause: Pause
    private let log = Logger(label: "homeline.yeastar")
    private var driver = Driver<YeastarSession>()
    private var session: Driver<YeastarSession>.ID?
    private var port: SerialPort?
    /// What senders want, while there is a connection.
    private var errands: AsyncStream<Errand>.Continuation?
    /// Rung when a timer may have been set.
    private let alarm = WakeSignal()
    private(set) var isReady = false
    private var current: Current?
    private var isStranger = false
    /// Why the connection is about to end, where we know.
    private var trouble: String?
    private var sentAt: ContinuousClock.Instant?
    private(set) var health: Health

    private static let loginTopic = "gateway.stranger"
    private static let shortPause: Duration = .seconds(2), longPause: Duration = .seconds(60), loginPause: Duration = .seconds(300)

    init(settings: YeastarSettings, ports: any SerialPorts, inbox: GatewayInbox, receipts: Inbox, notices: any OwnerNotices, pause: @escaping Pause) {
        self.settings = settings
        self.ports = ports
        self.inbox = inbox
        self.receipts = receipts
        self.notices = notices
        self.pause = pause
        health = Health(.starting, "Calling the gateway at \(settings.host).")
    }

    // MARK: - The connection

    /// How a connection ended.
    private enum Ending {
        case afterWork, early
        /// The gateway does not know us.
        case stranger
    }

    private func connect() async -> Ending {
        trouble = nil
        isStranger = false
        let place = SerialPlace.network(host: settings.host, port: settings.port)
        var words = "The gateway at \(settings.host) has ended the connection; it is called again."
        do {
            try await ports.withPort(at: place) { port in try await self.converse(over: port) }
        } catch let error as ManagerError {
            words = "The gateway at \(settings.host) is not understood: \(error.reason)."
        } catch {
            if !isReady { words = "The gateway at \(settings.host) cannot be reached at port \(settings.port); it is called again." }
        }
        let ending: Ending = isStranger ? .stranger : isReady ? .afterWork : .early
        hangUp()
        note(Health(.down, trouble ?? words))
        return ending
    }

    /// Until the gateway hangs up or is not understood; what senders want and what is due is done meanwhile, and ends with it.
    private func converse(over port: SerialPort) async throws {
        self.port = port
        let (wanted, errands) = AsyncStream<Errand>.makeStream()
        self.errands = errands
        session = driver.start(YeastarSession(user: settings.user, secret: settings.secret, span: settings.span))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.listen(to: port) }
            group.addTask { for await errand in wanted { await self.run(errand) } }
            group.addTask { await self.keepTime() }
            let ending = await group.nextResult()
            // Writes that are under way end with the connection.
            port.close()
            group.cancelAll()
            try ending?.get()
        }
    }

    private func listen(to port: SerialPort) async throws {
        try await handle(.connected)
        var framer = ManagerFramer()
        for try await octets in port.inbound {
            for packet in try framer.feed(octets) { try await handle(.packet(packet)) }
        }
    }

    private func run(_ errand: Errand) async {
        switch errand {
        case .submit(let order):
            // It may have been given up before its turn came.
            guard current?.order.id == order.id else { return }
            // A connection that takes no octets ends by itself.
            try? await handle(.order(order))
        case .giveUp(let order):
            guard let held = current, held.order.id == order.id else { return }
            current = nil
            if !held.isUnderway { try? await handle(.withdrawn(order)) }
            held.settle.resume(returning: held.fateUnheard)
        }
    }

    /// Fires the session's timers.
    private func keepTime() async {
        while !Task.isCancelled {
            try? await perform(driver.advance(to: .now))
            let rest = driver.nextDeadline.map { max(.milliseconds(1), $0 - .now) }
            await alarm.wait(atMost: rest, pause: pause)
        }
    }

    private func handle(_ event: YeastarSession.Event) async throws {
        guard let session else { return }
        let steps = driver.handle(event, for: session, at: .now)
        alarm.ring()
        try await perform(steps)
    }

    private func perform(_ steps: [Driver<YeastarSession>.Step]) async throws {
        // Before anything is written.
        if let session, let order = driver[session]?.underway, order.id == current?.order.id { current?.isUnderway = true }
        for step in steps {
            switch step {
            case .effect(let effect, _): try await perform(effect)
            case .finished: port?.close()
            }
        }
    }

    private func perform(_ effect: YeastarSession.Effect) async throws {
        switch effect {
        case .write(let text): try await port?.write(Array(text.utf8))
        case .ready:
            isReady = true
            note(Health(.working, "The gateway at \(settings.host) is there."))
            await notices.clear(inbox.line, topic: Self.loginTopic, "The gateway of this line knows us again.")
            try? await receipts.lineIsBack(inbox.line)
        case .loginRefused:
            isStranger = true
            trouble = "The gateway at \(settings.host) does not accept our login; look at user and secret, and at the addresses that it lets in."
            await notices.tell(
                inbox.line, topic: Self.loginTopic, "The gateway of this line does not accept our login. Look at its user and secret in the settings, and at its list of addresses.")
        case .text(let text): try await keep(text.found)
        case .settled(let order, let fate): settle(order, fate)
        case .reported(let id, .refused(let why)):
            try await inbox.record(FoundReport(reference: id, word: "failed", fate: .failed(code: 0x40), detail: why))
        case .reported: break
        case .status(let packet): note(YeastarStatus(packet).health(host: settings.host))
        case .dead(let why): trouble = "The gateway at \(settings.host) is called again: \(why)."
        }
    }

    /// The gateway says it once: while it cannot be kept, nothing more is read.
    private func keep(_ text: FoundMessage) async throws {
        while true {
            do {
                return try await inbox.record(text)
            } catch {
                log.error("\(error)", metadata: ["line": "\(inbox.line)"])
                try await pause(Self.shortPause)
            }
        }
    }

    private func hangUp() {
        isReady = false
        if let session { driver.remove(session) }
        session = nil
        port = nil
        errands?.finish()
        errands = nil
        if let current { current.settle.resume(returning: current.fateUnheard) }
        current = nil
    }

    private func note(_ health: Health) {
        if self.health.state != health.state { log.info("\(health.summary)", metadata: ["line": "\(inbox.line)"]) }
        self.health = health
    }

    // MARK: - Sending

    /// Nil where it did not leave.
    func submit(_ order: YeastarOrder) async -> YeastarFate? {
        sentAt = .now
        guard let errands else { return nil }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                guard isReady, current == nil, !Task.isCancelled else { return continuation.resume(returning: nil) }
                current = Current(order: order, settle: continuation)
                errands.yield(.submit(order))
            }
        } onCancel: {
            errands.yield(.giveUp(order))
        }
    }

    /// It sends no faster than its maker says.
    func cool() async {
        guard let sentAt else { return }
        let rest = settings.interval - (ContinuousClock.now - sentAt)
        if rest > .zero { try? await pause(rest) }
    }

    private func settle(_ order: YeastarOrder, _ fate: YeastarFate) {
        guard let held = current, held.order.id == order.id else { return }
        current = nil
        held.settle.resume(returning: fate)
    }
}

extension YeastarTrunk: Service {
    func run() async throws {
        var wait = Self.shortPause
        while !Task.isCancelled {
            switch await connect() {
            case .afterWork: wait = Self.shortPause
            case .early: wait = min(wait * 2, Self.longPause)
            case .stranger: wait = Self.loginPause
            }
            do { try await pause(wait) } catch { return }
        }
    }
}
