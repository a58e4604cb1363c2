/// Durations as SMIL writes them.
enum Clock {
    /// `5s`, `5000ms`, `1.5min`, `00:05` and `5`, which are seconds. Nil for what is none of them, and above a day.
    static func milliseconds(_ text: String?) -> Int? {
        guard let text else { return nil }
        let pieces = text.split(separator: ":", omittingEmptySubsequences: false)
        if pieces.count > 1 {
            guard pieces.count <= 3 else { return nil }
            var seconds = 0.0
            for piece in pieces {
                guard let number = number(piece) else { return nil }
                seconds = seconds * 60 + number
            }
            return bounded(seconds * 1000)
        }
        for (unit, factor) in [("ms", 1.0), ("min", 60_000), ("h", 3_600_000), ("s", 1000), ("", 1000)] where text.hasSuffix(unit) {
            return number(text.dropLast(unit.count)).flatMap { bounded($0 * factor) }
        }
        return nil
    }

    private static func number(_ text: Substring) -> Double? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") } ? Double(text) : nil
    }

    private static func bounded(_ milliseconds: Double) -> Int? {
        milliseconds <= 86_400_000 ? Int(milliseconds) : nil
    }
}
