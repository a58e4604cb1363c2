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
            guard (200..<300).contains(answer.status) else { throw Failure(.http(answer.status)) }
            guard let document = try? JSON(decoding: answer.body) else { throw Failure(.refused, "its list cannot be read") }
            for item in template.items.values(in: document) { try await take(CallbackDocument(item)) }
            health.polled()
        } catch let failure as Failure {
            health.pollFailed(failure)
        } catch {
            log.error("\(error)", metadata: ["line": "\(inbox.line)"])
        }
    }

    private func take(_ item: CallbackDocument) async throws {
        guard template.fields.when.holds(in: item.json), var message = try? template.fields.read(item) else { return }
        let name = message.id.flatMap { $0.isEmpty ? nil : $0 }
        // Without a name it is known by what stands in the list: it stands there at the next look, too.
        message.id = name ?? "unnamed/\(lowercaseHex(SHA256.hash(data: item.json.encoded)))"
        let place = inbox.place(of: message)
        guard !seen.has(place) else { return }
        if message.media.isEmpty { try await inbox.record(message) } else { try await waiting.keep(message) }
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
