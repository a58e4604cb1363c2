import Exchange
import HTTPStack
import Messaging
import Synchronization
import Telephony

/// Reads the server's list of messages for what its events did not bring: they are told twice within seconds and then no more.
final class HTTPSMSCatchUp: Sendable {
    static let interval: Duration = .seconds(15 * 60)
    /// After something went wrong.
    static let soon: Duration = .seconds(30)
    /// As many as the server gives at once.
    static let page = 20
    static let pageLimit = 100
    /// How long a message waits for files that cannot be fetched.
    static let patience: Duration = .seconds(3600)

    private let api: HTTPSMSAPI
    private let context: HandsetContext
    private let attachments: HTTPSMSAttachments
    private let mark: CatchUpMark
    private let signal = WakeSignal()
    private let reach = CatchUpReach()
    private let fetched: HTTPSMSFetched
    /// Since when messages wait for their files.
    private let waiting = Mutex<[String: Instant]>([:])

    init(api: HTTPSMSAPI, context: HandsetContext, fetched: HTTPSMSFetched) {
        self.api = api
        self.context = context
        self.fetched = fetched
        attachments = HTTPSMSAttachments(client: context.client)
        mark = CatchUpMark(directory: context.directory)
    }

    /// The server or we were away, or an event was not taken: look at once, and far back.
    func hurry() {
        reach.widen()
        signal.ring()
    }

    func run(mayAsk: @escaping @Sendable () -> Bool) async {
        while !Task.isCancelled {
            let isDone = mayAsk() ? await look() : true
            await signal.wait(atMost: isDone ? Self.interval : Self.soon, pause: context.pause)
        }
    }

    /// One look; whether all of it went well. What fails is done again by the next.
    @discardableResult
    func look() async -> Bool {
        let now = context.mint.now()
        var times = mark.read(now: now)
        // The beginning is noted before anything can go wrong.
        mark.write(times)
        let wide = reach.isWide(at: now)
        let since = times.since(wide ? CatchUpMark.wide : CatchUpMark.narrow)
        do {
            var isWhole = true
            for contact in try await contacts(since) {
                let isRead = try await read(contact, since)
                isWhole = isWhole && isRead
            }
            guard isWhole else { return false }
            times.until = now
            mark.write(times)
            if wide { reach.wasWide(at: now) }
            return true
        } catch {
            return false
        }
    }

    /// With whom there was anything since then.
    private func contacts(_ since: Instant) async throws -> [String] {
        try await pages(since) { [api] skip async throws(Failure) in try await api.threads(skip: skip) }.compactMap { $0["contact"]?.text }
    }

    /// Whether all that is with one party was recorded. What waits for its files holds up what came after it from there, and nobody else's.
    private func read(_ contact: String, _ since: Instant) async throws -> Bool {
        let entries = try await pages(since) { [api] skip async throws(Failure) in try await api.messages(with: contact, skip: skip) }
        for event in entries.reversed().compactMap({ HTTPSMSEvent(listed: $0) }) {
            switch event {
            case .other: break
            case .report(let report): try await context.record([.httpSMS(report)], patience: .zero)
            case .received(let id, _, _) where fetched.has(id): break
            case .received(let id, let files, let message):
                guard let whole = await complete(message, files, id) else { return false }
                try await context.record([.httpSMS(whole, id: id)], patience: .zero)
                if !files.isEmpty { fetched.note(id, at: context.mint.now()) }
            }
        }
        return true
    }

    /// The message with its files, or with a word in their place when they were waited for long enough; nil until then.
    private func complete(_ message: HandedMessage, _ files: [String], _ id: String) async -> HandedMessage? {
        let now = context.mint.now()
        // A clock that was set back must not make the wait a longer one.
        let since = min(waiting.withLock { $0[id] } ?? now, now)
        let absence: HTTPSMSAttachments.Absence = now - since < Self.patience ? .awaited : .told
        do {
            let whole = try await attachments.complete(message, files, timeout: .seconds(30), absence: absence)
            waiting.withLock { $0[id] = nil }
            return whole
        } catch {
            waiting.withLock { $0[id] = since }
            return nil
        }
    }

    /// The entries of a list that is ordered by time, newest first, down to `since`.
    private func pages(_ since: Instant, _ page: (_ skip: Int) async throws(Failure) -> OutgoingAnswer) async throws -> [JSON] {
        var entries: [JSON] = []
        for number in 0..<Self.pageLimit {
            let found = try HTTPSMSAPI.entries(of: try await page(number * Self.page))
            let recent = found.filter { ($0["order_timestamp"]?.instant).map { $0 >= since } ?? true }
            entries += recent
            if recent.count < Self.page { break }
        }
        return entries
    }
}
