import Synchronization
import Telephony

/// What came in on a line and cannot be brought on, since the ledger refuses it for itself: kept as it came, and tried again.
public struct HeldReadings: Hashable, Sendable {
    /// When the first of it was refused.
    public let since: Instant
    /// The ledger's last word.
    public let why: LedgerError

    public var sentence: String {
        "Something that came in cannot be brought on, since \(CivilDate(since).rfc3339). \(why). It is kept as it came, and tried again at least once a minute."
    }
}

extension Health {
    /// Since when a line that works otherwise holds such things.
    static let heldFact = "held"

    /// How a line is that holds such things: a trunk that works does not make it well.
    public func holding(_ held: HeldReadings?) -> Health {
        guard let held else { return self }
        var health = self
        if state == .working {
            health.state = .impaired
            health.facts[Self.heldFact] = CivilDate(held.since).rfc3339
        }
        health.summary += " " + held.sentence
        return health
    }
}

/// A reading that the ledger did not take, by its receipts.
struct RefusedReading: Hashable, Sendable {
    let receipts: [ReceiptID]
    let why: LedgerError
}

/// Which readings of which lines are refused, and since when.
final class Refusals: Sendable {
    private struct Known {
        /// By the first receipt of each.
        var since: [ReceiptID: Instant]
        var why: LedgerError
    }

    private let lines = Mutex<[LineID: Known]>([:])

    /// The shortest pause before a refused reading is tried again, and the longest.
    static let pauses: ClosedRange<Duration> = .seconds(1) ... .seconds(60)
    /// What is refused for a moment only is nobody's concern.
    static let patience: Duration = .seconds(10)

    /// Those of which something is refused.
    var all: [LineID] { lines.withLock { $0.keys.sorted() } }

    /// Takes in all that a pass was refused of a line. Returns when to try again: each waits for as long again as it has waited.
    func note(_ refused: [RefusedReading], of line: LineID, at now: Instant) -> Instant? {
        lines.withLock { lines in
            guard let why = refused.last?.why else { return nil }
            let before = lines[line]?.since ?? [:]
            // By a clock that was set back nothing was refused in times to come.
            let since = Dictionary(refused.compactMap(\.receipts.first).map { ($0, min(before[$0] ?? now, now)) }) { first, _ in first }
            lines[line] = Known(since: since, why: why)
            let waited = since.values.map { now - $0 }.min() ?? .zero
            return now + min(max(waited, Self.pauses.lowerBound), Self.pauses.upperBound)
        }
    }

    /// Nothing of the line is refused any more. False where nothing was.
    func end(of line: LineID) -> Bool { lines.withLock { $0.removeValue(forKey: line) != nil } }

    /// What does not pass by itself; nil where nothing is refused, or only for a moment yet.
    func held(of line: LineID, at now: Instant) -> HeldReadings? {
        lines.withLock { lines in
            guard let known = lines[line], let since = known.since.values.min(), now - since >= Self.patience else { return nil }
            return HeldReadings(since: since, why: known.why)
        }
    }
}
