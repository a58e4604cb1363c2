import Exchange
import Telephony

/// The life of one message, in order: how it came to be, and each way it went. Pure.
struct Journey {
    /// One thing that happened.
    struct Step: Hashable {
        let entry: TimelineEntry
        /// Since the step before it, of whatever way; nil for the first.
        let later: Duration?
    }

    /// One try at a way, from its beginning to its end.
    struct Try: Hashable {
        let number: Int
        var steps: [Step]
        /// Nil while it is open.
        var ended: Instant?

        var took: Duration? {
            guard let first = steps.first, let ended else { return nil }
            return ended - first.entry.at
        }
    }

    /// One delivery.
    struct Way: Hashable {
        let record: DeliveryRecord
        let segments: [SegmentRecord]
        /// Before anything was tried.
        var beforehand: [Step] = []
        var tries: [Try] = []
        /// What was heard of it when no try was open.
        var afterwards: [Step] = []
    }

    private(set) var beginning: [Step] = []
    private(set) var ways: [Way]
    /// From the first step to the last.
    let lasted: Duration?

    init(_ entries: [TimelineEntry], deliveries: [(record: DeliveryRecord, segments: [SegmentRecord])]) {
        ways = deliveries.map { Way(record: $0.record, segments: $0.segments) }
        lasted = entries.first.flatMap { first in entries.last.map { $0.at - first.at } }
        var last: Instant?
        for entry in entries {
            let step = Step(entry: entry, later: last.map { entry.at - $0 })
            last = entry.at
            if let index = ways.firstIndex(where: { $0.record.delivery.id == entry.delivery }) {
                ways[index].add(step)
            } else {
                beginning.append(step)
            }
        }
    }
}

extension Journey.Way {
    mutating func add(_ step: Journey.Step) {
        switch step.entry.kind {
        case .attempted:
            tries.append(Journey.Try(number: tries.count + 1, steps: [step]))
        case .accepted, .deferred, .failed, .inDoubt, .repeated:
            guard let open = openTry else { return addAfterwards(step) }
            tries[open].steps.append(step)
            tries[open].ended = step.entry.at
        case .fitted, .submitting, .segmentAccepted:
            guard let open = openTry else { return addAfterwards(step) }
            tries[open].steps.append(step)
        case .received, .undecodable, .notForPeople, .announced, .notRetrieved, .message, .planned, .reported, .read, .settled, .retried, .dropped,
            .imported, .blocked:
            addAfterwards(step)
        }
    }

    private var openTry: Int? { tries.last?.ended == nil ? tries.indices.last : nil }

    private mutating func addAfterwards(_ step: Journey.Step) {
        if tries.isEmpty { beforehand.append(step) } else { afterwards.append(step) }
    }
}
