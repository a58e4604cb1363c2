import Synchronization
import Telephony

/// Tells owners by putting a message from `Homeline` into the conversation list of everyone who has the line.
public final class Notices: OwnerNotices {
    private let ledger: any Ledger
    private let plan: RoutingPlan
    private let mint: Mint
    private let workers: WakeGroup
    private let told = Mutex<[String: Instant]>([:])

    static let repeatAfter: Duration = .seconds(86400)
    /// A name that no carrier's sender and no person can have: theirs are another kind of address, or have no capitals.
    public static let sender: Address = .person("Homeline")

    public init(ledger: any Ledger, plan: RoutingPlan, mint: Mint, workers: WakeGroup) {
        self.ledger = ledger
        self.plan = plan
        self.mint = mint
        self.workers = workers
    }

    public func tell(_ line: LineID, topic: String, _ sentence: String) async { await tell(line, as: Self.key(line, topic), sentence) }

    public func tell(_ line: LineID, aside topic: String, _ sentence: String) async { await tell(line, as: Self.key(line, aside: topic), sentence) }

    private static func key(_ line: LineID, _ topic: String) -> String { "\(line)/\(topic)" }
    /// No line's name has a space.
    private static func key(_ line: LineID, aside topic: String) -> String { "\(line) aside/\(topic)" }

    private func tell(_ line: LineID, as key: String, _ sentence: String) async {
        let now = mint.now()
        let isNew = told.withLock { told -> Bool in
            // A clock that went back must not silence for long.
            if let last = told[key], last <= now, last + Self.repeatAfter > now { return false }
            told[key] = now
            return true
        }
        if isNew { await send(line, sentence) }
    }

    /// Tells it once in the life of the ledger.
    public func tell(_ line: LineID, once sentence: String) async {
        await send(line, sentence, key: "\(line)/\(sentence)")
    }

    /// Tells it, whatever was told before: those who have the first of the lines that somebody has. Where nobody has any, the pages and the API show
    /// it. Returns whether somebody is to be brought it; throws when it cannot be stored.
    func alert(_ lines: [LineID], _ sentence: String) async throws(Failure) -> Bool {
        let owners = (try? await ledger.subscribers(.all)) ?? []
        let line = lines.first { line in owners.contains { $0.lines.contains(line) } } ?? lines.first
        guard let line, let deliveries = await send(line, sentence) else { throw Failure(.unreachable, "it cannot be stored") }
        return deliveries > 0
    }

    /// Whether something of the line's service was told since, and is not over. What was told long before is of something else: much has no end that
    /// is told.
    func hasTold(_ line: LineID, since: Instant) -> Bool {
        told.withLock { told in told.contains { $0.key.hasPrefix(Self.key(line, "")) && $0.value >= since } }
    }

    /// What was told was told as long ago as before.
    public func clockWasSet(by step: Duration) { told.withLock { told in told = told.mapValues { $0 + step } } }

    public func clear(_ line: LineID, topic: String, _ sentence: String) async {
        let wasTold = told.withLock { told in
            let ended = [Self.key(line, topic), Self.key(line, aside: topic)].compactMap { told.removeValue(forKey: $0) }
            return !ended.isEmpty
        }
        if wasTold { await send(line, sentence) }
    }

    /// A notice that cannot be stored is lost on purpose: the trouble with the ledger shows in the health page and the log.
    /// To how many it is to be brought; nil where it cannot be stored.
    @discardableResult
    private func send(_ line: LineID, _ sentence: String, key: String? = nil) async -> Int? {
        let message = Message(
            id: mint.identifier(), line: line, direction: .incoming, sender: Self.sender, participants: [Self.sender],
            parts: [.text(sentence)], recordedAt: mint.now())
        guard let subscribers = try? await ledger.subscribers(.line(line)) else { return nil }
        let destinations = plan.destinations(of: message, subscribers: subscribers)
        let deliveries = plan.deliveries(.message, of: message.id, to: destinations, mint: mint)
        let outcome = try? await ledger.submit(message, key: "notice/\(key ?? "\(message.id)")", deliveries: deliveries)
        workers.ring(deliveries)
        return outcome == nil ? nil : deliveries.count
    }
}
