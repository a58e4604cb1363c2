import HomelineTesting

/// Messages gone wrong: each a vector with one to four changes, of octets, of lines and of what the grammar has in a place. One seed gives one
/// sequence.
struct Mutations: Sequence, IteratorProtocol {
    private var generator: SplitMix
    private let originals: [[UInt8]]
    private var left: Int

    init(seed: UInt64, count: Int, of originals: [[UInt8]]) {
        generator = SplitMix(seed: seed)
        self.originals = originals
        left = count
    }

    mutating func next() -> [UInt8]? {
        guard left > 0, var octets = originals.randomElement(using: &generator) else { return nil }
        left -= 1
        for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&octets) }
        return octets
    }

    /// What stands somewhere in the grammar, and what stands nowhere.
    private static let pieces: [String] = [
        "\r\n", "\r\n\r\n", "\n", "\r", "\0", " ", "\t", ":", ";", ",", "=", "@", "<", ">", "\"", "\\", "%", "%00", "%zz", "[", "]", "[::1]", "::1", "?", "&",
        "sip:", "sips:", "tel:", "SIP/2.0", "SIP/2.", "SIP/9999999999.0", "z9hG4bK", "tag=", "rport", "received=", "q=1.5", "expires=-1", "*",
        "4294967296", "18446744073709551616", "-1", "1e9", "é", "\u{202E}", "Content-Length: 0\r\n", "Content-Length: 99999\r\n", "l: -1\r\n",
        "Via: SIP/2.0/UDP h\r\n", "v: x\r\n", "Contact: *\r\n", "CSeq: 1\r\n", "To: \r\n", "From: <\r\n", "Route: <sip:a;lr>,<sip:b>\r\n", " fold\r\n", "Digest ",
        "nonce=\"\"", "uri=\"sip:", "nc=00000001", "application/sdp", "REGISTER", "ACK", "INVITE", "SIP/2.0 200 OK\r\n", "SIP/2.0 699\r\n",
    ]

    private mutating func mutate(_ octets: inout [UInt8]) {
        let place = Int.random(in: 0...octets.count, using: &generator)
        let end = Swift.min(octets.count, place + Int.random(in: 1...24, using: &generator))
        let piece = Array((Self.pieces.randomElement(using: &generator) ?? "").utf8)
        switch Int.random(in: 0..<9, using: &generator) {
        case 0: octets.insert(contentsOf: piece, at: place)
        case 1: octets.replaceSubrange(place..<end, with: piece)
        case 2: octets.removeSubrange(place..<end)
        case 3: octets.insert(contentsOf: octets[place..<end], at: place)
        case 4: octets.removeLast(octets.count - place)
        case 5: if place < octets.count { octets[place] = .random(in: .min ... .max, using: &generator) }
        case 6: octets.insert(contentsOf: Array(repeating: piece, count: Int.random(in: 1...400, using: &generator)).joined(), at: place)
        case 7: swapLines(&octets)
        default: repeatLine(&octets)
        }
    }

    private mutating func swapLines(_ octets: inout [UInt8]) {
        var lines = octets.split(separator: 0x0A, omittingEmptySubsequences: false)
        lines.swapAt(Int.random(in: lines.indices, using: &generator), Int.random(in: lines.indices, using: &generator))
        octets = Array(lines.joined(separator: [0x0A]))
    }

    private mutating func repeatLine(_ octets: inout [UInt8]) {
        var lines = octets.split(separator: 0x0A, omittingEmptySubsequences: false)
        let line = lines[Int.random(in: lines.indices, using: &generator)]
        lines.insert(contentsOf: repeatElement(line, count: Int.random(in: 1...20, using: &generator)), at: Int.random(in: lines.indices, using: &generator))
        octets = Array(lines.joined(separator: [0x0A]))
    }
}
