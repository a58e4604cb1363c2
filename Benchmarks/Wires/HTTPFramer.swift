/// A request or response with its body.
struct HTTPMessage {
    let head: ArraySlice<UInt8>
    let body: ArraySlice<UInt8>

    /// Of a response; 0 where the head is none.
    var status: Int {
        let start = head.startIndex + 9
        guard head.count >= 12 else { return 0 }
        return Int(String(decoding: head[start..<start + 3], as: UTF8.self)) ?? 0
    }
}

/// Cuts HTTP/1.1 messages with a Content-Length out of what a connection brings.
struct HTTPFramer {
    private var octets: [UInt8] = []
    private static let lengthField = Array("content-length:".utf8)

    mutating func append(_ more: ArraySlice<UInt8>) {
        octets += more
    }

    /// The next whole message, nil while one is incomplete.
    mutating func next() -> HTTPMessage? {
        guard let headEnd = endOfHead() else { return nil }
        let end = headEnd + contentLength(before: headEnd)
        guard octets.count >= end else { return nil }
        let message = HTTPMessage(head: octets[..<headEnd], body: octets[headEnd..<end])
        octets = Array(octets[end...])
        return message
    }

    private func endOfHead() -> Int? {
        octets.indices.dropFirst(3).first { octets[$0] == 0x0A && octets[($0 - 3)..<$0].elementsEqual([0x0D, 0x0A, 0x0D]) }.map { $0 + 1 }
    }

    private func contentLength(before end: Int) -> Int {
        let name = Self.lengthField
        for start in 0..<end where start == 0 || octets[start - 1] == 0x0A {
            // Letters in either case; the other characters have this bit already.
            guard start + name.count <= end, zip(octets[start...], name).allSatisfy({ $0 | 0x20 == $1 }) else { continue }
            let digits = octets[(start + name.count)..<end].drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        return 0
    }
}
