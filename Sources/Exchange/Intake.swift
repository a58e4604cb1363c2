import Telephony

/// Reads what trunks recorded, and commits what it means together with the deliveries that follow.
///
/// A death at any point here is harmless: receipts stay unread until the commit that consumes them.
public struct Intake: Service {
    let ledger: any Ledger
    private let interpreter: any Interpreter
    let numbering: any Numbering
    let plan: RoutingPlan
    let doubts: DoubtPolicies
    let mint: Mint
    private let media: (any MediaStore)?
    let notices: (any OwnerNotices)?
    private let blockList: (any BlockList)?
    private let pause: Pause
    private let signal: WakeSignal
    private let workers: WakeGroup
    let refusals = Refusals()

    /// How often a report that waits for the commit of the send it speaks of is looked at again.
    static let reportPause: Duration = .seconds(1)
    private static let mediaTopic = "media.room"
    /// How long after files could not be kept they are tried again.
    static let mediaPause: Duration = .seconds(30)
    /// How long after the ledger took nothing the next pass is made.
    static let retryPause: Duration = .seconds(1)

    public init(
        ledger: any Ledger, interpreter: any Interpreter, numbering: any Numbering, plan: RoutingPlan, doubts: DoubtPolicies = DoubtPolicies(),
        media: (any MediaStore)? = nil, notices: (any OwnerNotices)? = nil, blocks: (any BlockList)? = nil, mint: Mint, pause: @escaping Pause, signal: WakeSignal, workers: WakeGroup
    ) {
        self.ledger = ledger
        self.interpreter = interpreter
        self.numbering = numbering
        self.plan = plan
        self.doubts = doubts
        self.media = media
        self.notices = notices
        blockList = blocks
        self.mint = mint
        self.pause = pause
        self.signal = signal
        self.workers = workers
    }

    public func run() async throws {
        while !Task.isCancelled {
            let next: Instant?
            do {
                next = try await pass()
            } catch .broken(let detail) {
                throw LedgerError.broken(detail)
            } catch {
                next = mint.now() + Self.retryPause
            }
            await signal.wait(atMost: next.map { max($0 - mint.now(), .zero) }, pause: pause)
        }
    }

    /// Interprets all that is unread. Returns when to look again though nothing new came.
    public func pass() async throws(LedgerError) -> Instant? {
        var next: Instant?
        let unread = try await ledger.unreadReceipts(line: nil)
        let lines = Dictionary(grouping: unread, by: \.line)
        await letGo(besides: lines.keys)
        for (line, receipts) in lines.sorted(by: { $0.key < $1.key }) {
            let until: Instant?
            do {
                until = try await pass(line, receipts)
            } catch {
                guard error.isOfOneReading else { throw error }
                // Something of this line cannot be read; the other lines do not wait for it.
                until = await hold([RefusedReading(receipts: receipts.map(\.id), why: error)], of: line)
            }
            if let until { next = min(next ?? until, until) }
        }
        return next
    }

    /// What the receipts mean, without segments that the service centre sent again though their message was whole: alone they would
    /// wait for the others in vain, and be shown as a text with holes.
    private func interpret(_ receipts: [Receipt], line: LineID) async throws(LedgerError) -> [Interpretation] {
        let now = mint.now()
        let own = try await own(line, receipts)
        let interpretations = interpreter.interpret(receipts, line: line, own: own, now: now)
        let ofSegments = Set(interpretations.filter(\.isOfSegments).flatMap(\.receipts))
        guard !ofSegments.isEmpty else { return interpretations }
        let repeats = try await ledger.repeated(receipts.filter { ofSegments.contains($0.id) })
        guard !repeats.isEmpty else { return interpretations }
        let why = "part of a long text that came before, sent again by the network"
        try await commit([Reading(receipts: receipts.map(\.id).filter(repeats.contains), result: .notForPeople(why), at: now)], line: line)
        return interpreter.interpret(receipts.filter { !repeats.contains($0.id) }, line: line, own: own, now: now)
    }

    /// The line's own number, by which the others of a group are told from us; asked for only where it matters.
    private func own(_ line: LineID, _ receipts: [Receipt]) async throws(LedgerError) -> Address? {
        guard receipts.contains(where: { $0.format == .multimedia }) else { return nil }
        let number = try await ledger.lines().first { $0.id == line }?.facts.number
        // Trunks tell it with its country: that of a line which is no longer set up, and has no country, is known too.
        return number.map { numbering.address($0, line: line) ?? .number($0) }
    }

    private func pass(_ line: LineID, _ receipts: [Receipt]) async throws(LedgerError) -> Instant? {
        let owners = try await ledger.subscribers(.line(line))
        let blocks = try await blockList?.blocks() ?? []
        var next: Instant?
        var readings: [Reading] = []
        var refused: [RefusedReading] = []
        for interpretation in try await interpret(receipts, line: line) {
            let (reading, until) = try await read(interpretation, of: receipts, line: line, owners: owners, blocks: blocks)
            if let until { next = min(next ?? until, until) }
            // What is incomplete stays as it is.
            if reading.result != .incomplete { readings.append(reading) }
            guard reading.mustBeKnownToTheNext else { continue }
            refused += try await commitEach(readings, line: line)
            readings = []
        }
        refused += try await commitEach(readings, line: line)
        guard let again = await hold(refused, of: line) else { return next }
        return min(next ?? again, again)
    }

    /// The parts with the octets of large ones beside the ledger, where there is a place for them.
    private func beside(_ parts: [Part]) async throws(MediaError) -> [Part] {
        guard let media else { return parts }
        var kept: [Part] = []
        for part in parts {
            guard case .inline(let octets) = part.content, part.text == nil, octets.count > PartContent.inlineLimit else {
                kept.append(part)
                continue
            }
            kept.append(Part(contentType: part.contentType, content: .stored(try await media.keep(octets)), name: part.name))
        }
        return kept
    }

    func commit(_ readings: [Reading], line: LineID) async throws(LedgerError) {
        guard !readings.isEmpty else { return }
        try await ledger.commit(readings)
        var scopes = Set(readings.flatMap(\.deliveries).map(\.destination.scope))
        // What is in doubt no longer may go on.
        if readings.contains(where: \.isAnswer) { scopes.insert(.trunk(line)) }
        workers.ring(scopes)
        if readings.contains(where: \.isAnnouncement) { workers.ringRetriever(of: line) }
    }

    private func read(
        _ interpretation: Interpretation, of receipts: [Receipt], line: LineID, owners: [Subscriber], blocks: [Block]
    ) async throws(LedgerError) -> (Reading, until: Instant?) {
        let now = mint.now()
        func reading(_ result: Reading.Result) -> Reading { Reading(receipts: interpretation.receipts, result: result, at: now) }

        switch interpretation.meaning {
        case .message(var content):
            do {
                content.parts = try await beside(content.parts)
                let isKept = content.parts.contains { if case .stored = $0.content { true } else { false } }
                if isKept { await notices?.clear(line, topic: Self.mediaTopic, "There is room for pictures and files again; what waited is being brought.") }
            } catch {
                // The receipts wait unread until there is room.
                await notices?.tell(
                    line, topic: Self.mediaTopic,
                    "A message from \(content.sender) has files that cannot be kept. \(error) It waits, and is brought when there is room.")
                return (reading(.incomplete), until: now + Self.mediaPause)
            }
            let message = Message(line: line, content, id: mint.identifier(), recordedAt: now)
            let effective = blocks.filter { $0.concerns(message, owners: owners) }
            let destinations = plan.destinations(of: message, subscribers: owners, blocks: effective)
            let deliveries = plan.deliveries(.message, of: message.id, to: destinations, mint: mint)
            return (Reading(receipts: interpretation.receipts, result: .message(message, deliveries: deliveries), at: now, blocks: effective), nil)
        case .announcement(let announcement):
            return (reading(.announcement(Retrieval(id: mint.identifier(), line: line, announcement: announcement, announcedAt: now))), nil)
        case .read(let report):
            return (reading(try await read(report, line: line)), nil)
        case .report(let report):
            let arrived = receipts.first { interpretation.receipts.contains($0.id) }?.receivedAt ?? now
            let (result, until) = try await read(report, receivedAt: arrived, line: line)
            return (reading(result), until)
        case .incomplete(let until):
            return (reading(.incomplete), until)
        case .undecodable(let why):
            return (reading(.undecodable(why)), nil)
        case .notForPeople(let why):
            return (reading(.notForPeople(why)), nil)
        }
    }
}

extension Reading {
    /// Which report is a long text's last one, and which sends are still in doubt, shows only when those before it are committed.
    fileprivate var mustBeKnownToTheNext: Bool {
        switch result {
        case .report(_, let segment, _): segment.othersUnreported > 0
        case .answer: true
        case .message, .read, .announcement, .incomplete, .undecodable, .notForPeople: false
        }
    }

    fileprivate var isAnnouncement: Bool {
        if case .announcement = result { true } else { false }
    }

    fileprivate var isAnswer: Bool {
        if case .answer = result { true } else { false }
    }
}

extension Block {
    /// Whether it keeps this message from somebody.
    fileprivate func concerns(_ message: Message, owners: [Subscriber]) -> Bool {
        guard message.sender == sender else { return false }
        return switch scope {
        case .line(let line): line == message.line
        case .person(let person): owners.contains { $0.person == person }
        }
    }
}
