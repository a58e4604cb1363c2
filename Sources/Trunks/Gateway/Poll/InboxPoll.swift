import Crypto
import Exchange
import HTTPStack
import Logging
import Synchronization
import Telephony

/// Asks a gateway for texts now and then. What it was told before is known by its name.
struct InboxPoll: Sendable {
    let template: PollTemplate
    let site: GatewaySite
    let from: String?
    let client: any WebClient
    let inbox: GatewayInbox
    let waiting: WaitingFiles
    let health: GatewayHealth
    let mint: Mint
    let pause: Pause
    let log: Logger
    private let seen = SeenNames()
    private let blanks = BlankMessages()

    /// How long one that says nothing waits for its files; some never show, and some senders say nothing.
    static let patience: Duration = .seconds(3600)
    /// Octets of a list.
    private static let answerLimit = 4 * 1024 * 1024

    func run() async throws {
        while !Task.isCancelled {
            await poll()
            try await pause(template.every ?? .seconds(60))
        }
    }

    func poll() async {
        do {
            var request = try template.request.filled(filling())
            request.answerBody = .whole(limit: Self.answerLimit)
            let answer = try await client.send(request)
            if let failure = template.answer.failure(of: answer) { throw failure }
            guard let document = try? JSON(ofGateway: answer.body) else { throw Failure(.refused, "its list cannot be read") }
            let items = template.items.values(in: document)
            for item in template.order == .newestFirst ? items.reversed() : items { try await take(CallbackDocument(item)) }
            health.polled()
        } catch let failure as Failure {
            health.pollFailed(failure)
        } catch {
            log.error("\(error)", metadata: ["line": "\(inbox.line)"])
        }
    }

    private func take(_ item: CallbackDocument) async throws {
        guard template.fields.when.holds(in: item.json), var message = read(item) else { return }
        let name = message.id.flatMap { $0.isEmpty ? nil : $0 }
        // Without a name it is known by what stands in the list: it stands there at the next look, too.
        message.id = name ?? "unnamed/\(lowercaseHex(SHA256.hash(data: item.json.encoded)))"
        guard try await isTaken(&message) else { return }
        let place = inbox.place(of: message)
        guard !seen.has(place) else { return }
        seen.note(place)
        guard let delete = template.delete, let name else { return }
        // Deleted in vain is deleted the next time: it stays known by its name.
        do {
            let answer = try await client.send(try delete.filled(filling(item: name)))
            if !(200..<300).contains(answer.status) { seen.forget(place) }
        } catch {
            seen.forget(place)
        }
    }

    private func read(_ item: CallbackDocument) -> FoundMessage? {
        do {
            return try template.fields.read(item)
        } catch {
            // It stands in the list at the next look, too.
            let name = "unread/\(lowercaseHex(SHA256.hash(data: item.json.encoded)))"
            guard !seen.has(name) else { return nil }
            seen.note(name)
            log.warning("a message of the gateway's list cannot be understood: \(error.reason)", metadata: ["line": "\(inbox.line)"])
            return nil
        }
    }

    /// Makes it durable, and says whether the gateway may forget it: one with files only when they are here.
    ///
    /// Some list a picture message before its files are there. Its text goes on at once, and the files when they show, as a message of their own.
    private func isTaken(_ message: inout FoundMessage) async throws -> Bool {
        guard message.media.isEmpty else {
            if await waiting.hasText(of: message) { (message.text, message.id) = ("", message.id.map { "\($0)/files" }) }
            if seen.has(inbox.place(of: message)) { return true }
            try await waiting.keep(message)
            return await waiting.hasBrought(message)
        }
        guard template.fields.media != nil else {
            if !seen.has(inbox.place(of: message)) { try await inbox.record(message) }
            return true
        }
        let place = inbox.place(of: message)
        guard !seen.has(place) else { return true }
        guard !message.text.isEmpty || blanks.age(of: place, at: mint.now()) >= Self.patience else { return false }
        try await inbox.record(message)
        blanks.forget(place)
        await waiting.noteText(of: message)
        return true
    }

    private func filling(item: String? = nil) -> Filling { Filling(from: from, item: item, now: mint.now(), site: site) }
}

/// Names of messages that were taken; when they become too many, the ledger knows the old ones.
private final class SeenNames: Sendable {
    private static let limit = 10_000

    private let names = Mutex<Set<String>>([])

    func has(_ name: String) -> Bool { names.withLock { $0.contains(name) } }

    func note(_ name: String) {
        names.withLock { names in
            if names.count >= Self.limit { names = [] }
            names.insert(name)
        }
    }

    func forget(_ name: String) { names.withLock { _ = $0.remove(name) } }
}

/// Since when messages stand in the list that say nothing yet.
private final class BlankMessages: Sendable {
    private static let limit = 1000

    private let firstSeen = Mutex<[String: Instant]>([:])

    func age(of name: String, at now: Instant) -> Duration {
        firstSeen.withLock { firstSeen in
            if firstSeen.count >= Self.limit { firstSeen = [:] }
            // A clock that was set back makes it young again, and not for long.
            let since = min(firstSeen[name] ?? now, now)
            firstSeen[name] = since
            return now - since
        }
    }

    func forget(_ name: String) { firstSeen.withLock { $0[name] = nil } }
}
