import SMS
import Telephony

/// Puts segments together, in whatever order they came, over all pending receipts of a line.
///
/// References are one octet and are reused, by some senders for every message: a segment joins only a message that lacks it,
/// was sent about then, and got its last segment less than `patience` before.
struct Reassembly: Sendable {
    /// What the segments of one message have in common, the sender as it was written.
    private struct Key: Hashable {
        let sender: SMS.Address
        let reference: ConcatenationReference
        let total: UInt8
    }

    /// A segment that the service centre sends again is the same in all of this.
    private struct Fingerprint: Hashable {
        let key: Key
        let sequence: UInt8
        let timestamp: Timestamp
        let octets: [UInt8]
    }

    let patience: Duration
    /// Segments whose service centre times lie further apart are of different messages: a phone that was off
    /// gets those of a whole day at once.
    private static let longestSending: Int64 = 1800

    /// A sender has few messages under way at a time; with more, the oldest gets no further segments. It bounds the work.
    private static let mostOpen = 32

    private(set) var assemblies: [Assembly] = []
    private var open: [Key: [Int]] = [:]
    private var known: [Fingerprint: Int] = [:]

    init(patience: Duration) { self.patience = patience }

    /// Takes the next arrival, oldest first. Returns the index of the assembly that it began, nil when it belongs to one there is.
    mutating func take(_ arrival: Arrival) -> Int? {
        // A number that can't be is passed through as a message of its own.
        guard let segment = arrival.deliver.userData.header?.concatenation, segment.isValid, segment.total > 1 else {
            return begin(Assembly(arrival))
        }
        let key = Key(sender: arrival.deliver.originatingAddress, reference: segment.reference, total: segment.total)
        let fingerprint = Fingerprint(
            key: key, sequence: segment.sequence, timestamp: arrival.deliver.serviceCentreTimestamp, octets: arrival.deliver.userData.octets)
        if let index = known[fingerprint] {
            assemblies[index].addDuplicate(arrival)
            return nil
        }
        let sequence = Int(segment.sequence)
        open[key, default: []].removeAll { arrival.receivedAt >= assemblies[$0].lastArrival + patience }
        guard let index = bestMatch(for: arrival, sequence: sequence, key: key) else {
            let index = begin(Assembly(arrival, sequence: sequence, of: Int(segment.total)))
            open[key, default: []].append(index)
            if let count = open[key]?.count, count > Self.mostOpen { open[key]?.removeFirst() }
            known[fingerprint] = index
            return index
        }
        assemblies[index].add(arrival, sequence: sequence)
        known[fingerprint] = index
        if assemblies[index].isComplete { open[key]?.removeAll { $0 == index } }
        return nil
    }

    /// Of the open messages that lack the segment, the one sent nearest to it in time; the oldest of equals.
    private func bestMatch(for arrival: Arrival, sequence: Int, key: Key) -> Int? {
        var best: (index: Int, distance: Int64)?
        for index in open[key] ?? [] where assemblies[index].lacks(sequence) {
            let distance = assemblies[index].seconds(to: arrival)
            if distance <= Self.longestSending, distance < best?.distance ?? .max { best = (index, distance) }
        }
        return best?.index
    }

    private mutating func begin(_ assembly: Assembly) -> Int {
        assemblies.append(assembly)
        return assemblies.count - 1
    }
}
