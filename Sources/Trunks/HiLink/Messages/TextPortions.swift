import SMS

/// Cuts a text into what a router takes at a time: it makes segments itself, but only so many of one text.
enum TextPortions {
    /// The whole text where it fits; otherwise pieces that end after a word where they can.
    static func cut(_ text: String, segments limit: Int) -> [String] {
        var portions: [String] = []
        var rest = text[...]
        while !rest.isEmpty {
            let end = end(of: rest, limit)
            portions.append(String(rest[..<end]))
            rest = rest[end...]
        }
        return portions
    }

    /// Whether the default alphabet has every character (`Reserved`: 1, otherwise 0 for UCS-2).
    static func isPlain(_ text: String) -> Bool {
        Segmentation.count(text).alphabet == .gsm7
    }

    static func segments(of text: String) -> Int { Segmentation.count(text).segments }

    private static func end(of text: Substring, _ limit: Int) -> Substring.Index {
        guard !fits(text, limit) else { return text.endIndex }
        // The longest beginning that fits lies between these; one character always goes.
        var low = 1
        var high = text.prefix(limit * longestSegment + 1).count
        while high - low > 1 {
            let middle = (low + high) / 2
            if fits(text.prefix(middle), limit) { low = middle } else { high = middle }
        }
        let beginning = text.prefix(low)
        guard let space = beginning.lastIndex(where: \.isWhitespace), beginning.distance(from: space, to: beginning.endIndex) <= 40 else {
            return beginning.endIndex
        }
        return text.index(after: space)
    }

    private static func fits(_ text: Substring, _ limit: Int) -> Bool {
        text.prefix(limit * longestSegment + 1).count <= limit * longestSegment && Segmentation.count(String(text)).segments <= limit
    }

    /// Characters.
    private static let longestSegment = 160
}
