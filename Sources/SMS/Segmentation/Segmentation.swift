/// Chooses how a text is written and cuts it into segments (3GPP TS 23.040 §9.2.3.24.1).
public enum Segmentation {
    public static let maximumSegments = 255

    /// The segments of `text`, ready to be submitted. Throws `tooManySegments`.
    ///
    /// The default alphabet is taken when it has every character; otherwise whatever needs the fewest segments, and of equals
    /// the most widely understood. One segment bears no concatenation element.
    public static func plan(
        _ text: String, allowing encodings: Encodings = .standard, reference: ConcatenationReference
    ) throws(EncodeError) -> SegmentPlan {
        let layout = Layout.best(for: text, allowing: encodings, reference: reference)
        let pieces = layout.pieces
        guard let total = UInt8(exactly: pieces.count) else { throw .tooManySegments(limit: maximumSegments) }
        var segments: [Segment] = []
        for (piece, sequence) in zip(pieces, 1...total) {
            let segment = Concatenation(reference: reference, total: total, sequence: sequence)
            let elements = (total > 1 ? [.concatenation(segment)] : []) + layout.coding.shiftElements
            let text = String(piece.text)
            segments.append(Segment(userData: try layout.coding.userData(text, elements: elements), text: text, units: piece.units))
        }
        return SegmentPlan(
            alphabet: layout.coding.alphabet, tables: layout.coding.tables, segments: segments, unitsLeftInLast: layout.unitsLeftInLast)
    }

    /// What `plan` would make of `text`, for showing while it is being written. Never fails; `segments` may exceed the maximum.
    public static func count(_ text: String, allowing encodings: Encodings = .standard) -> SegmentCount {
        let layout = Layout.best(for: text, allowing: encodings, reference: .short(0))
        return SegmentCount(
            alphabet: layout.coding.alphabet, segments: layout.pieces.count, units: layout.pieces.reduce(0) { $0 + $1.units },
            unitsLeftInLast: layout.unitsLeftInLast)
    }

    /// A text cut for one coding.
    private struct Layout {
        let coding: TextCoding
        let pieces: [SegmentCutter.Piece]
        let capacity: Int

        var unitsLeftInLast: Int {
            capacity - (pieces.last?.units ?? 0)
        }

        private init(_ text: String, units: Int, coding: TextCoding, reference: ConcatenationReference) {
            self.coding = coding
            let alone = coding.capacity(with: coding.shiftElements)
            if units <= alone {
                capacity = alone
                pieces = [SegmentCutter.Piece(text: text[...], units: units)]
            } else {
                let segment = Concatenation(reference: reference, total: 0, sequence: 0)
                capacity = coding.capacity(with: [.concatenation(segment)] + coding.shiftElements)
                pieces = SegmentCutter.cut(text, coding: coding, capacity: capacity)
            }
        }

        static func best(for text: String, allowing encodings: Encodings, reference: ConcatenationReference) -> Layout {
            if let units = TextCoding.gsm7(.standard).units(for: text) {
                return Layout(text, units: units, coding: .gsm7(.standard), reference: reference)
            }
            var best = Layout(text, units: text.utf16.count, coding: .ucs2, reference: reference)
            for coding in encodings.nationalCodings {
                guard let units = coding.units(for: text) else { continue }
                let layout = Layout(text, units: units, coding: coding, reference: reference)
                if layout.pieces.count < best.pieces.count { best = layout }
            }
            return best
        }
    }
}
