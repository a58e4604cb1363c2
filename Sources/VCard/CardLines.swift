/// The lines of a file of cards, unfolded: a line that begins with white space goes on with the one before (RFC 6350 §3.2), and so does what follows a
/// `=` at the end of a line in quoted-printable (vCard 2.1 §2.1.3).
struct CardLines: Sequence, IteratorProtocol {
    private let octets: [UInt8]
    private var position = 0

    init(_ octets: [UInt8]) {
        self.octets = octets.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(octets.dropFirst(3)) : octets
    }

    mutating func next() -> [UInt8]? {
        guard var line = physical() else { return nil }
        // Found out once, for a photograph goes on over thousands of lines.
        var isQuoted: Bool?
        while true {
            if line.last == UInt8(ascii: "="), isQuoted == nil { isQuoted = Self.isQuotedPrintable(line) }
            if line.last == UInt8(ascii: "="), isQuoted == true, let following = physical() {
                line.removeLast()
                line += following
            } else if position < octets.count, octets[position] == 0x20 || octets[position] == 0x09, !line.isEmpty, let following = physical() {
                line += following.dropFirst()
            } else {
                return line
            }
        }
    }

    /// Octets of a name and its parameters within which the encoding is told.
    private static let headLimit = 1024

    /// Nil as long as the head is not whole.
    private static func isQuotedPrintable(_ line: [UInt8]) -> Bool? {
        let head = line.prefix(headLimit)
        guard head.contains(UInt8(ascii: ":")) else { return line.count < headLimit ? nil : false }
        return CardLine(Array(head))?.isQuotedPrintable ?? false
    }

    private mutating func physical() -> [UInt8]? {
        guard position < octets.count else { return nil }
        let end = octets[position...].firstIndex(of: 0x0A) ?? octets.count
        defer { position = end + 1 }
        let line = octets[position..<end]
        return Array(line.last == 0x0D ? line.dropLast() : line)
    }
}
