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
    private let capacity: Int
    private var start: String.Index
    private var used = 0
    private var pieces: [Piece] = []

    /// The pieces of a text that `coding` can write; at least one.
    static func cut(_ text: String, coding: TextCoding, capacity: Int) -> [Piece] {
        var cutter = SegmentCutter(text, capacity: capacity)
        switch coding {
        case .gsm7(let tables):
            let shifts = Shifts(tables)
            cutter.run { shifts.septets(for: $0) ?? 0 }
        case .ucs2:
            cutter.run { UTF16.width($0) }
        }
        return cutter.pieces
    }

    private init(_ text: String, capacity: Int) {
        self.text = text
        self.capacity = capacity
        start = text.startIndex
    }

    private mutating func run(_ width: (Unicode.Scalar) -> Int) {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            take(index..<next, width)
            index = next
        }
        close(at: text.endIndex)
    }

    private mutating func take(_ cluster: Range<String.Index>, _ width: (Unicode.Scalar) -> Int) {
        let scalars = text.unicodeScalars
        var units = 0
        var index = cluster.lowerBound
        while index < cluster.upperBound {
            units += width(scalars[index])
            scalars.formIndex(after: &index)
        }
        if used + units > capacity, units <= capacity { close(at: cluster.lowerBound) }
        guard used + units > capacity else {
            used += units
            return
        }
        for index in scalars[cluster].indices {
            let units = width(scalars[index])
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
