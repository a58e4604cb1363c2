/// Cuts a text into pieces of a number of units, greedily.
///
/// Cuts fall between scalars, so that neither a surrogate pair nor an escape pair is ever cut, and between grapheme clusters
/// unless that would leave more than half a piece empty.
struct SegmentCutter {
    struct Piece: Hashable {
        var text: Substring
        var units: Int
    }

    private let text: String
    private let capacity: Int
    /// Nil for sixteen-bit text.
    private let shifts: Shifts?
    private var start: String.Index
    private var used = 0
    private var pieces: [Piece] = []

    /// The pieces of a text that `coding` can write; at least one.
    static func cut(_ text: String, coding: TextCoding, capacity: Int) -> [Piece] {
        let shifts: Shifts? = if case .gsm7(let tables) = coding { Shifts(tables) } else { nil }
        var cutter = SegmentCutter(text, shifts, capacity: capacity)
        cutter.run()
        return cutter.pieces
    }

    private init(_ text: String, _ shifts: Shifts?, capacity: Int) {
        self.text = text
        self.shifts = shifts
        self.capacity = capacity
        start = text.startIndex
    }

    private mutating func run() {
        let scalars = text.unicodeScalars
        var index = start
        while index < scalars.endIndex {
            let width = width(of: scalars[index])
            if used + width <= capacity {
                used += width
                scalars.formIndex(after: &index)
            } else {
                close(near: index)
                index = start
            }
        }
        close(at: index, units: used)
    }

    /// Ends a piece at `index` or at the beginning of the cluster that goes on there.
    private mutating func close(near index: String.Index) {
        let scalars = text.unicodeScalars
        // Of this piece alone: a cluster can be as long as the text, and looking for its beginning at each cut takes too long then.
        let piece = String(scalars[start...index])
        var end = index
        var units = used
        for _ in piece.suffix(1).unicodeScalars.dropFirst() {
            scalars.formIndex(before: &end)
            units -= width(of: scalars[end])
        }
        if units > capacity / 2 { close(at: end, units: units) } else { close(at: index, units: used) }
    }

    private mutating func close(at end: String.Index, units: Int) {
        pieces.append(Piece(text: text[start..<end], units: units))
        start = end
        used = 0
    }

    /// The text was found to be writable, so that every scalar has a width.
    @inline(__always)
    private func width(of scalar: Unicode.Scalar) -> Int {
        guard let shifts else { return UTF16.width(scalar) }
        return shifts.septets(for: scalar) ?? 0
    }
}
