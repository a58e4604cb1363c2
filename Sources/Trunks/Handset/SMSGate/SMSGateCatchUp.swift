import Exchange
import HTTPStack
import Telephony

/// Asks the phone for what its webhooks did not bring: after an absence of either, and now and then.
final class SMSGateCatchUp: Sendable {
    /// From one look to the next where webhooks tell what happens.
    static let interval: Duration = .seconds(15 * 60)
    static let page = 100
    static let pageLimit = 50

    private let api: SMSGateAPI
    private let context: HandsetContext
    private let mark: CatchUpMark
    private let areHooksInPlace: @Sendable () -> Bool
    private let signal = WakeSignal()
    private let reach = CatchUpReach()

    init(api: SMSGateAPI, context: HandsetContext, areHooksInPlace: @escaping @Sendable () -> Bool) {
        self.api = api
        self.context = context
        self.areHooksInPlace = areHooksInPlace
        mark = CatchUpMark(directory: context.directory)
    }

    /// The phone or we were away: look at once, and far back.
    func hurry() {
        reach.widen()
        signal.ring()
    }

    func run(mayAsk: @escaping @Sendable () -> Bool) async {
        while !Task.isCancelled {
            if mayAsk() { await look() }
            await signal.wait(atMost: areHooksInPlace() ? Self.interval : api.settings.poll, pause: context.pause)
        }
    }

    /// One look. What fails is done again by the next.
    func look() async {
        let now = context.mint.now()
        var times = mark.read(now: now)
        // The beginning is noted before anything can go wrong.
        mark.write(times)
        let wide = reach.isWide(at: now)
        let since = times.since(wide ? CatchUpMark.wide : CatchUpMark.narrow)
        do {
            let isRefreshed = wide ? try await refresh(since, now) : false
            try await readInbox(since, now)
            try await readOutbox(since, now)
            times.until = now
            mark.write(times)
            if isRefreshed { reach.wasWide(at: now) }
        } catch {
            // The phone is away again, or the ledger is busy: its health tells of it.
        }
    }

    /// Has the app look into the phone's own store for what it has not seen, and tell of it. Whether it did, as far as it can.
    private func refresh(_ since: Instant, _ until: Instant) async throws -> Bool {
        let tells = areHooksInPlace()
        var members: [JSON.Member] = [
            ("since", .string(since.internetTime)), ("until", .string(until.internetTime)), ("messageTypes", tells ? ["SMS", "MMS"] : ["SMS"]),
            ("triggerWebhooks", .bool(tells)),
        ]
        if let device = api.settings.device { members.append(("deviceId", .string(device))) }
        var answer = try await api.call(.post, "/inbox/refresh", .object(members))
        // Its name in older apps, which know neither kinds nor whether to tell.
        if answer.status == 404 || answer.status == 405 { answer = try await api.call(.post, "/messages/inbox/export", .object(members)) }
        return (200..<300).contains(answer.status) || Self.isUnknown(answer)
    }

    /// Whether the app, an older one, does not know what it is asked for. Every other refusal passes some day.
    private static func isUnknown(_ answer: OutgoingAnswer) -> Bool { [400, 404, 405, 501].contains(answer.status) }

    private func readInbox(_ since: Instant, _ until: Instant) async throws {
        let entries = try await pages("/inbox?type=SMS&", since, until).compactMap { SMSGateInboxEntry($0) }
        let ours = entries.filter { api.settings.takes(sim: $0.sim) }.sorted { $0.at < $1.at }
        if !ours.isEmpty { try await context.record(ours.map(\.arrival), patience: .zero) }
    }

    private func readOutbox(_ since: Instant, _ until: Instant) async throws {
        let arrivals = try await pages("/messages?", since, until).compactMap { SMSGateOutboxEntry($0, sim: api.settings.sim, now: until) }.flatMap(\.arrivals)
        if !arrivals.isEmpty { try await context.record(arrivals, patience: .zero) }
    }

    /// All entries of a list; none where the app has no such list.
    private func pages(_ path: String, _ since: Instant, _ until: Instant) async throws -> [JSON] {
        var entries: [JSON] = []
        for page in 0..<Self.pageLimit {
            let query = "from=\(since.internetTime)&to=\(until.internetTime)&limit=\(Self.page)&offset=\(page * Self.page)"
            let answer = try await api.call(.get, path + query)
            guard answer.status == 200 else {
                guard Self.isUnknown(answer) else { throw Failure(.http(answer.status)) }
                return entries
            }
            // A page that a network puts before all others is no empty list.
            guard answer.isJSON else { throw Failure(.unreachable, "what answers is not SMS Gate; look at url") }
            let found = answer.document.elements ?? []
            entries += found
            if found.count < Self.page { break }
        }
        return entries
    }
}
