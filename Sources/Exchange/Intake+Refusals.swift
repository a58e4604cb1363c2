import Telephony

/// What the ledger refuses of one reading alone: it stays unread, is tried again ever more seldom, and whoever has the line is told.
extension Intake {
    private static let heldTopic = "intake.held"

    /// What the line holds that cannot be brought on.
    public func held(of line: LineID) -> HeldReadings? { refusals.held(of: line, at: mint.now()) }

    /// Takes in all that a pass was refused of a line. Returns when to try again.
    func hold(_ refused: [RefusedReading], of line: LineID) async -> Instant? {
        guard let again = refusals.note(refused, of: line, at: mint.now()) else {
            await letGo(line)
            return nil
        }
        if let held = held(of: line) { await notices?.tell(line, topic: Self.heldTopic, held.sentence) }
        return again
    }

    /// Of lines that have nothing unread nothing is refused.
    func letGo(besides lines: Dictionary<LineID, [Receipt]>.Keys) async {
        for line in refusals.all where !lines.contains(line) { await letGo(line) }
    }

    private func letGo(_ line: LineID) async {
        guard refusals.end(of: line) else { return }
        await notices?.clear(line, topic: Self.heldTopic, "Nothing that came in is held up any more.")
    }

    /// Commits readings together where that can be done. One that cannot be committed as it was read stays unread, and the others do not wait
    /// for it. Returns those that stayed.
    func commitEach(_ readings: [Reading], line: LineID) async throws(LedgerError) -> [RefusedReading] {
        do {
            try await commit(readings, line: line)
            return []
        } catch {
            guard error.isOfOneReading else { throw error }
            guard readings.count > 1 else { return readings.map { RefusedReading(receipts: $0.receipts, why: error) } }
        }
        var refused: [RefusedReading] = []
        for reading in readings { refused += try await commitEach([reading], line: line) }
        return refused
    }
}

extension LedgerError {
    /// Whether it speaks of what was to be read or written alone, so that others may fare better.
    var isOfOneReading: Bool {
        switch self {
        case .conflict, .unusable: true
        case .full, .busy, .broken: false
        }
    }
}
