import SMS
import Telephony

/// One message as far as its segments are here (TS 23.040 §9.2.3.24.1).
struct Assembly: Sendable {
    let total: Int
    private var segments: [Int: Arrival]
    /// Those of duplicates included, in the order they came.
    private(set) var receipts: [ReceiptID]
    private(set) var lastArrival: Instant
    private let stampedSeconds: Int64?

    /// A message begins with whichever of its segments comes first. `sequence` counts from 1.
    init(_ arrival: Arrival, sequence: Int = 1, of total: Int = 1) {
        self.total = total
        segments = [sequence: arrival]
        receipts = [arrival.receipt]
        lastArrival = arrival.receivedAt
        stampedSeconds = arrival.stampedSeconds
    }

    mutating func add(_ arrival: Arrival, sequence: Int) {
        segments[sequence] = arrival
        receipts.append(arrival.receipt)
        lastArrival = max(lastArrival, arrival.receivedAt)
    }

    /// The same segment once more. It brings nothing and prolongs nothing.
    mutating func addDuplicate(_ arrival: Arrival) {
        receipts.append(arrival.receipt)
    }

    var isComplete: Bool { segments.count == total }

    func lacks(_ sequence: Int) -> Bool { segments[sequence] == nil }

    /// How far the service centre's time is from that of the segment that came first; zero where one of them says nothing.
    func seconds(to arrival: Arrival) -> Int64 {
        guard let one = stampedSeconds, let other = arrival.stampedSeconds else { return 0 }
        return abs(one - other)
    }

    /// Segments by number. There is always one; the first one here speaks for the message.
    var arrivals: [Arrival] { segments.sorted { $0.key < $1.key }.map(\.value) }
}

// MARK: - Content

extension Assembly {
    /// The whole text, missing segments marked, without the zeros that some senders fill up with; nil when a segment is not text.
    var text: String? {
        var pieces: [String] = []
        var sequence = 1
        while sequence <= total {
            let start = sequence
            if lacks(sequence) {
                while sequence <= total, lacks(sequence) { sequence += 1 }
                pieces.append(mark(missing: start..<sequence))
            } else {
                while sequence <= total, !lacks(sequence) { sequence += 1 }
                guard let text = Self.text(of: (start..<sequence).compactMap { segments[$0]?.deliver.userData }) else { return nil }
                pieces.append(text)
            }
        }
        let text = pieces.joined(separator: " ")
        let end = text.unicodeScalars.lastIndex { $0 != "\0" }
        return end.map { String(text.unicodeScalars[...$0]) } ?? ""
    }

    /// `[part 2/3 missing]`, `[parts 2-4/5 missing]`.
    private func mark(missing sequences: Range<Int>) -> String {
        let last = sequences.upperBound - 1
        return sequences.count == 1 ? "[part \(last)/\(total) missing]" : "[parts \(sequences.lowerBound)-\(last)/\(total) missing]"
    }

    /// Joined text of segments that follow each other. Sixteen-bit ones are joined before they are read: some senders cut
    /// between the two halves of an emoji.
    private static func text(of segments: [UserData]) -> String? {
        var text = ""
        var units: [UInt8] = []
        for segment in segments {
            guard let content = segment.text else { return nil }
            if segment.alphabet == .ucs2 {
                units += segment.sixteenBitOctets
            } else {
                text += UCS2.decode(units[...]) + content
                units = []
            }
        }
        return text + UCS2.decode(units[...])
    }
}

extension UserData {
    /// The octets behind the header, whole units only.
    fileprivate var sixteenBitOctets: ArraySlice<UInt8> {
        let content = octets.prefix(Int(length)).dropFirst(header == nil ? 0 : Int(octets.first ?? 0) + 1)
        return content.prefix(content.count & ~1)
    }
}
