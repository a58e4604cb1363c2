import Exchange
import GRDB
import Telephony

extension Tables {
    func acceptedSegments(of delivery: Int64) throws -> [Int: String] {
        let rows = try db.rows("SELECT position, reference, checksum FROM segment WHERE delivery = ? AND reference IS NOT NULL", delivery) {
            let (position, reference) = try ($0.column(0) as Int, $0.column(1) as String)
            guard try $0.column(2) == Checksum(ofSegment: position, of: delivery, reference: reference).column else { throw Damage() }
            return (position, reference)
        }
        return Dictionary(rows) { first, _ in first }
    }

    func forgetUnansweredSegments(of delivery: Int64) throws {
        try db.run("DELETE FROM segment WHERE delivery = ? AND reference IS NULL", delivery)
    }

    /// Reports are matched to segments by how long ago they were sent.
    func segmentsSawClockSet(by step: Duration, at: Instant) throws {
        let moving = ClockSteps.moving(at: at)
        try db.run(
            """
            UPDATE segment SET submitted_at = submitted_at + ?1, accepted_at = accepted_at + ?1
            WHERE fate IS NULL AND submitted_at BETWEEN ?2 AND ?3
            """, step.wholeMilliseconds, moving.lowerBound.milliseconds, moving.upperBound.milliseconds)
    }

    func tally(of delivery: Int64) throws -> SegmentTally {
        var tally = SegmentTally()
        let rows = try db.rows("SELECT total, fate, code, reference IS NOT NULL FROM segment WHERE delivery = ? ORDER BY position", delivery) {
            try (total: $0.column(0) as Int, fate: $0.column(1) as String?, code: $0.column(2) as Int?, isAccepted: $0.column(3) as Bool)
        }
        for row in rows {
            tally.total = max(tally.total, row.total)
            if row.isAccepted { tally.accepted += 1 } else { tally.unanswered += 1 }
            if row.fate == "delivered" { tally.delivered += 1 }
            tally.failure = tally.failure ?? row.code
        }
        return tally
    }
}
