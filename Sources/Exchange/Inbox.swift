import Telephony

/// Where trunks put what arrives. What `record` returned from is durable, and only then may the network or the SIM forget it.
public struct Inbox: Sendable {
    /// Octets, what they are and the place they are held in.
    public struct Arrival: Hashable, Sendable {
        public let place: String
        public let format: ReceiptFormat
        public let octets: [UInt8]

        public init(place: String, format: ReceiptFormat = .modemPDU, octets: [UInt8]) {
            self.place = place
            self.format = format
            self.octets = octets
        }
    }

    private let ledger: any Ledger
    private let mint: Mint
    private let intake: WakeSignal
    private let workers: WakeGroup

    public init(ledger: any Ledger, mint: Mint, intake: WakeSignal, workers: WakeGroup) {
        self.ledger = ledger
        self.mint = mint
        self.intake = intake
        self.workers = workers
    }

    /// Makes arrivals durable, in the order they came.
    public func record(_ arrivals: [Arrival], line: LineID) async throws(LedgerError) -> [ReceiptID] {
        var receipts: [Receipt] = []
        for arrival in arrivals {
            receipts.append(
                Receipt(
                    id: mint.identifier(), line: line, format: arrival.format, place: arrival.place, octets: arrival.octets, receivedAt: mint.now()
                ))
        }
        let ids = try await ledger.record(receipts)
        intake.ring()
        return ids
    }

    /// The trunk has acknowledged or deleted them.
    public func release(_ receipts: [ReceiptID]) async throws(LedgerError) {
        try await ledger.release(receipts)
    }

    /// What was found out about the line before.
    public func facts(of line: LineID) async throws(LedgerError) -> LineFacts? { try await ledger.lines().first { $0.id == line }?.facts }

    /// What the trunk found out about its line.
    public func update(_ line: LineID, _ facts: LineFacts) async throws(LedgerError) {
        try await ledger.update(Line(id: line, facts: facts))
    }

    /// The line can send again: what waited for it is due now.
    public func lineIsBack(_ line: LineID) async throws(LedgerError) {
        try await ledger.expedite(line: line, now: mint.now())
        workers.ring([.trunk(line)])
        workers.ringRetriever(of: line)
    }
}
