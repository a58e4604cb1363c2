import Exchange
import HTTPStack
import Logging
import Synchronization
import Telephony

/// Calls the browsers of everybody for whom there is something new (RFC 8030).
public final class PushCaller: Service {
    private static let batch = 100
    private static let lookEvery: Duration = .seconds(2)
    /// How long a push service keeps a call for a browser that is away (§5.2).
    private static let lifetime = 86400
    private static let patience: Duration = .seconds(15)
    /// Calls at a time: a push service that hangs holds up no other.
    private static let width = 8
    /// Between two tries of what was not taken: the line to the internet was down, or the service busy.
    private static let rest: Duration = .seconds(60)
    /// Calls that are kept to be made again.
    static let missedLimit = 200

    private struct Turn: Sendable {
        let message: MessageID
        let call: PushCall
        let browser: PushSubscription
        /// When it was made first.
        let since: Instant

        /// Of one browser and conversation only the latest is made again, as the service keeps it too.
        var name: String { "\(call.conversation) \(browser.endpoint)" }
    }

    private let ledger: any Ledger
    private let book: any PersonalBook
    private let blocks: (any BlockList)?
    private let key: PushKey
    private let client: any WebClient
    private let clock: @Sendable () -> Instant
    private let signal: WakeSignal
    private let pause: Pause
    private let log: Logger
    private let missed = Mutex<[String: Turn]>([:])

    /// - Parameter signal: rung when the ledger may have changed; the caller is its only waiter.
    public init(
        ledger: any Ledger, book: any PersonalBook, blocks: (any BlockList)? = nil, key: PushKey, client: any WebClient, clock: @escaping @Sendable () -> Instant, signal: WakeSignal,
        pause: @escaping Pause, log: Logger
    ) {
        self.ledger = ledger
        self.book = book
        self.blocks = blocks
        self.key = key
        self.client = client
        self.clock = clock
        self.signal = signal
        self.pause = pause
        self.log = log
    }

    public func run() async throws {
        var position: Int64?
        var tried = ContinuousClock.now
        while !Task.isCancelled {
            var isWanted = true
            do {
                isWanted = try await !book.pushSubscriptions().isEmpty
                if isWanted, let after = position { position = try await callAbout(entriesAfter: after) } else { position = try await ledger.lastEntry() }
                if ContinuousClock.now - tried >= Self.rest {
                    try await callMissed()
                    tried = .now
                }
            } catch {
                log.notice("browsers are called later", metadata: ["because": "\(error)"])
            }
            // Where nobody is to be called, texts by the thousand need not be looked at one by one.
            if isWanted { await signal.wait(atMost: Self.lookEvery, pause: pause) } else { try await pause(Self.lookEvery) }
        }
    }

    /// Calls about what is new since an entry; the entry up to which it is done.
    func callAbout(entriesAfter start: Int64) async throws -> Int64 {
        let subscriptions = try await book.pushSubscriptions()
        var position = start
        while true {
            let entries = try await ledger.entries(after: position, limit: Self.batch)
            guard let last = entries.last else { return position }
            for entry in entries where entry.kind == .message {
                guard let id = entry.message, let record = try await ledger.message(id), record.message.direction == .incoming else { continue }
                await make(try await turns(about: record.message, to: subscriptions, since: clock()))
            }
            position = last.sequence
        }
    }

    /// The calls about a message to those of some browsers whose persons want them, as things are now.
    private func turns(about message: Message, to subscriptions: [PushSubscription], since: Instant) async throws -> [Turn] {
        guard let conversation = try await ledger.conversationNumber(of: message.id) else { return [] }
        let accounts = try await ledger.accounts(), persons = try await ledger.persons()
        let scopes = Set(try await blocks?.blocks().filter { $0.sender == message.sender }.map(\.scope) ?? [])
        guard !scopes.contains(.line(message.line)) else { return [] }
        var turns: [Turn] = []
        for account in accounts {
            let browsers = subscriptions.filter { $0.person == account.person }
            let isTheirs = account.role == .owner || persons.contains { $0.id == account.person && $0.lines.contains(message.line) }
            guard !browsers.isEmpty, isTheirs, !scopes.contains(.person(account.person)), try await !book.marks(of: conversation, for: account.person).isMuted else { continue }
            let settings = try await book.personalSettings(of: account.person)
            let words = Words(language: settings.language.flatMap(Language.init(rawValue:)) ?? .english)
            let call = PushCall(message, conversation: conversation, told: settings.isTold, words: words)
            turns += browsers.map { Turn(message: message.id, call: call, browser: $0, since: since) }
        }
        return turns
    }

    /// Makes again what was not taken, as long as the service would have kept it and the person still wants it; a few at a time, until one is not
    /// taken again. In no order: a service that is gone holds up no other for long.
    func callMissed() async throws {
        let oldest = clock() - .seconds(Self.lifetime)
        var waiting = missed.withLock { missed in
            missed = missed.filter { $0.value.since > oldest }
            return missed.values.shuffled()[...]
        }
        guard !waiting.isEmpty else { return }
        let known = Dictionary(try await book.pushSubscriptions().map { ($0.endpoint, $0) }) { $1 }
        while !waiting.isEmpty {
            let few = waiting.prefix(Self.width)
            waiting = waiting.dropFirst(Self.width)
            var turns: [Turn] = []
            for turn in few { turns += try await renewed(turn, known) }
            missed.withLock { missed in for turn in few { missed[turn.name] = nil } }
            await make(turns)
            guard missed.withLock({ missed in few.allSatisfy { missed[$0.name] == nil } }) else { return }
        }
    }

    /// What was missed, as it is to be called now; nothing where it is not any more.
    private func renewed(_ turn: Turn, _ known: [String: PushSubscription]) async throws -> [Turn] {
        guard let browser = known[turn.browser.endpoint], browser.person == turn.browser.person, let message = try await ledger.message(turn.message)?.message else { return [] }
        return try await turns(about: message, to: [browser], since: turn.since)
    }

    private func keep(_ turn: Turn) {
        missed.withLock { missed in
            if missed.count < Self.missedLimit || missed[turn.name] != nil { missed[turn.name] = turn }
        }
    }

    private func make(_ turns: [Turn]) async {
        await withTaskGroup(of: Void.self) { group in
            for (count, turn) in turns.enumerated() {
                if count >= Self.width { await group.next() }
                group.addTask { await self.make(turn) }
            }
        }
    }

    private func make(_ turn: Turn) async {
        let (call, browser, now) = (turn.call, turn.browser, clock())
        // What is called again is kept no longer than if it had been taken at once.
        let lifetime = max(0, Self.lifetime - max(0, Int(now.seconds - turn.since.seconds)))
        guard let url = WebURL(browser.endpoint) else { return await forget(browser, because: "its address is none") }
        do {
            let request = OutgoingRequest(
                .post, url,
                headers: [
                    ("Authorization", try key.authorization(for: url, now: now)), ("Content-Encoding", "aes128gcm"), ("Content-Type", "application/octet-stream"),
                    ("TTL", "\(lifetime)"), ("Urgency", "high"), ("Topic", "conversation-\(call.conversation)"),
                ], body: try SealedPush(call.octets, for: browser).octets, timeout: Self.patience, answerBody: .none)
            let answer = try await client.send(request)
            switch answer.status {
            case 200..<300: missed.withLock { $0[turn.name] = nil }
            case 404, 410: await forget(browser, because: "it is gone (\(answer.status))")
            default:
                log.notice("a browser could not be called", metadata: ["service": "\(url.host)", "status": "\(answer.status)"])
                if answer.status == 429 || answer.status >= 500 { keep(turn) }
            }
        } catch let failure as Failure {
            switch failure.disposition {
            // Of two calls with one topic the browser shows one.
            case .retry, .inDoubt: keep(turn)
            case .permanent, .needsOperator: break
            }
            log.notice("a browser could not be called", metadata: ["service": "\(url.host)", "because": "\(failure.sentence)"])
        } catch {
            await forget(browser, because: "its keys are none")
        }
    }

    private func forget(_ browser: PushSubscription, because reason: String) async {
        guard (try? await book.removePushSubscription(at: browser.endpoint)) == true else { return }
        log.info("a browser is called no more", metadata: ["person": "\(browser.person)", "because": "\(reason)"])
    }
}
