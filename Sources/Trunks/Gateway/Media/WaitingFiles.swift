import Exchange
import HTTPStack
import Logging
import Synchronization
import Telephony

/// Messages whose files have yet to be fetched: each a file on the disk, so that the gateway can be told that we have it. A message leaves
/// here when it is in the inbox, with its files, or without those that could not be had in a day.
struct WaitingFiles: Sendable {
    let shelf: Shelf
    let fetch: FileFetch
    let inbox: GatewayInbox
    let mint: Mint
    let pause: Pause
    let log: Logger
    private let signal = WakeSignal()
    private let tries = FetchTries()

    /// Gateways show files for hours at least; a server that is away is waited for.
    static let patience: Duration = .seconds(86400)
    static let firstPause: Duration = .seconds(5)
    static let longestPause: Duration = .seconds(900)
    /// Ten minutes of them. A machine that was off for a day is not on the net at once, and a clock may just have been set; and a server may say
    /// that it has no such file, or does not know us, and have it a little later.
    static let fewestTries = 8
    /// Octets of all files of a message: what is handed over may not be larger.
    static let roomForFiles = 24 * 1024 * 1024

    /// Throws `Problem` where it could not be made durable.
    func keep(_ message: FoundMessage) async throws {
        // The same name for a message that comes again: it waits once, and is brought once, whatever its server has of it by then.
        let waiting = WaitingMessage(message, from: inbox.place(of: message), since: mint.now())
        guard await shelf.keep(waiting.json.encoded, as: waiting.name) else {
            throw Problem(503, "unavailable", "Messages cannot be stored right now", retryAfter: 30)
        }
        signal.ring()
    }

    /// Whether it is in the inbox, with its files.
    func hasBrought(_ message: FoundMessage) async -> Bool { await shelf.isDone(WaitingMessage.name(of: message, from: inbox.place(of: message))) }

    /// Whether its text went to the inbox alone, before its files were known.
    func hasText(of message: FoundMessage) async -> Bool {
        var text = message
        text.media = []
        return await hasBrought(text)
    }

    /// Its text went to the inbox, and files may show.
    func noteText(of message: FoundMessage) async { await shelf.noteDone(WaitingMessage.name(of: message, from: inbox.place(of: message))) }

    /// Brings one after the other into the inbox, for as long as the line runs. Each has pauses of its own: one that is new does not wait as long
    /// as one that was tried all day, and those that come do not use up the tries of those that wait.
    func run() async {
        while !Task.isCancelled {
            let isDone = await fetchAll(where: tries.isDue)
            tries.pass(await rest(isDone ? nil : tries.untilNext))
        }
    }

    /// Until there may be something to do; how long that was, as whoever gave us `pause` reckons.
    private func rest(_ wait: Duration?) async -> Duration {
        let began = ContinuousClock.now
        let isOver = Mutex(false)
        await signal.wait(atMost: wait) { [pause] duration in
            try await pause(duration)
            isOver.withLock { $0 = true }
        }
        let passed = ContinuousClock.now - began
        return isOver.withLock { $0 } ? max(wait ?? .zero, passed) : passed
    }

    /// Whether nothing waits any longer.
    func fetchAll(where isWanted: (_ name: String) -> Bool = { _ in true }) async -> Bool {
        var isDone = true
        let names = await shelf.names()
        tries.forget(allBut: names)
        for name in names where !Task.isCancelled {
            guard isWanted(name) else {
                isDone = false
                continue
            }
            let count = tries.note(name)
            guard let octets = await shelf.read(name) else {
                log.error("a message that waits for its files cannot be read", metadata: ["line": "\(inbox.line)"])
                isDone = false
                continue
            }
            guard await bring(octets, from: name, try: count) else {
                isDone = false
                continue
            }
            await shelf.finish(name)
            tries.forget(name)
        }
        return isDone
    }

    private func bring(_ octets: [UInt8], from name: String, try count: Int) async -> Bool {
        if let waiting = WaitingMessage(octets) { return await bring(waiting, try: count) }
        do {
            // Whoever looks at what cannot be read finds it there.
            try await inbox.record(unreadable: octets, from: "waiting/\(name)")
            return true
        } catch {
            log.error("\(error)", metadata: ["line": "\(inbox.line)"])
            return false
        }
    }

    /// Whether a file that was not to be had is waited for.
    private func mayCome(after failure: Failure, since: Instant, try count: Int) -> Bool {
        let isOfServer = if case .http = failure.cause { true } else { false }
        if count < Self.fewestTries { return isOfServer || failure.disposition == .retry }
        // One from the future came before a clock was set back.
        let age = mint.now() - since
        return failure.disposition == .retry && age <= Self.patience && age >= .zero - Self.patience
    }

    private func bring(_ waiting: WaitingMessage, try count: Int) async -> Bool {
        var parts: [Part] = []
        var room = Self.roomForFiles
        for address in waiting.message.media {
            do {
                let part = try await fetch.part(at: address, within: room)
                room -= part.size
                parts.append(part)
            } catch {
                guard !Task.isCancelled, !mayCome(after: error, since: waiting.since, try: count) else { return false }
                log.warning("a file of a message was not fetched: \(error.detail)", metadata: ["line": "\(inbox.line)"])
                parts.append(.text("(A file of this message could not be fetched. \(error.sentenceOfFetching))"))
            }
        }
        do {
            try await inbox.record(waiting.message, files: parts, from: waiting.place)
            return true
        } catch {
            log.error("\(error)", metadata: ["line": "\(inbox.line)"])
            return false
        }
    }
}
