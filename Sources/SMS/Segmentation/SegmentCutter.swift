/// Cuts a text into pieces of a number of units, greedily.
///
/// A grapheme cluster moves whole to the next piece; one that is longer than a piece is cut between scalars,
/// so that neither a surrogate pair nor an escape pair is ever cut.
struct SegmentCutter {
    struct Piece: Hashable {
        var text: Substring
        var units: Int
    }

    private let text: String
    private let coding: TextCoding
    private let capacity: Int
    private var start: String.Index
    private var used = 0
    private var pieces: [Piece] = []

    /// The pieces of a text that `coding` can write.
    static func cut(_ text: String, coding: TextCoding, capacity: Int) -> [Piece] {
        var cutter = SegmentCutter(text: text, coding: coding, capacity: capacity, start: text.startIndex)
        return cutter.run()
    }

    private init(text: String, coding: TextCoding, capacity: Int, start: String.Index) {
        self.text = text
        self.coding = coding
        self.capacity = capacity
        self.start = start
    }

    private mutating func run() -> [Piece] {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            take(index..<next)
            index = next
        }
        close(at: text.endIndex)
        return pieces
    }

    private mutating func take(_ cluster: Range<String.Index>) {
        let scalars = text.unicodeScalars[cluster]
        let units = scalars.reduce(0) { $0 + (coding.units(for: $1) ?? 0) }
        if used + units > capacity, units <= capacity { close(at: cluster.lowerBound) }
        guard used + units > capacity else {
            used += units
            return
        }
        for index in scalars.indices {
            let units = coding.units(for: scalars[index]) ?? 0
            if used + units > capacity { close(at: index) }
            used += units
        }
    }

    private mutating func close(at end: String.Index) {
        pieces.append(Piece(text: text[start..<end], units: used))
        start = end
        used = 0
    }
}
