import Exchange
import HTTPStack
import Logging
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

    /// Gateways show files for hours at least; a server that is away is waited for.
    static let patience: Duration = .seconds(86400)
    static let firstPause: Duration = .seconds(5)
    static let longestPause: Duration = .seconds(900)

    /// Throws `Problem` where it could not be made durable.
    func keep(_ message: FoundMessage) async throws {
        // The same place for a message that comes again: it waits once.
        let waiting = WaitingMessage(message, from: inbox.place(of: message), since: mint.now())
        guard await shelf.keep(waiting.json.encoded, as: waiting.place) else {
            throw Problem(503, "unavailable", "Messages cannot be stored right now", retryAfter: 30)
        }
        signal.ring()
    }

    /// Brings one after the other into the inbox, for as long as the line runs.
    func run() async {
        var wait = Self.firstPause
        while !Task.isCancelled {
            let isDone = await fetchAll()
            await signal.wait(atMost: isDone ? nil : wait, pause: pause)
            wait = isDone ? Self.firstPause : min(wait * 2, Self.longestPause)
        }
    }

    /// Whether nothing waits any longer.
    func fetchAll() async -> Bool {
        var isDone = true
        for name in await shelf.names() where !Task.isCancelled {
            guard let octets = await shelf.read(name), let waiting = WaitingMessage(octets) else { continue }
            if await bring(waiting) { await shelf.remove(name) } else { isDone = false }
        }
        return isDone
    }

    private func bring(_ waiting: WaitingMessage) async -> Bool {
        let isLast = mint.now() - waiting.since > Self.patience
        var parts: [Part] = []
        for address in waiting.message.media {
            do {
                parts.append(try await fetch.part(at: address))
            } catch {
                guard isLast || error.disposition != .retry else { return false }
                log.warning("a file of a message was not fetched: \(error.detail)", metadata: ["line": "\(inbox.line)"])
                parts.append(.text("(A file of this message could not be fetched. \(error.sentence))"))
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
