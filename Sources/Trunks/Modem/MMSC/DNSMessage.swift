import HTTPStack
import Wire

/// The little of DNS that finds the addresses of a host (RFC 1035 §4, RFC 3596).
enum DNSMessage {
    enum RecordType: UInt16, Sendable { case a = 1, aaaa = 28 }

    enum Unusable: Error, Hashable, Sendable {
        /// Another question's answer, or none.
        case unrelated
        case malformed
        /// RCODE 3: there is no such name.
        case noSuchName
        case failed(code: UInt8)
        case truncated
    }

    /// A recursive query; nil for what is no host name.
    static func query(id: UInt16, host: String, type: RecordType) -> [UInt8]? {
        var octets: [UInt8] = [UInt8(id >> 8), UInt8(id & 0xFF), 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 0]
        let labels = host.split(separator: ".", omittingEmptySubsequences: true)
        guard !labels.isEmpty, host.utf8.count <= 253 else { return nil }
        for label in labels {
            guard label.utf8.count <= 63 else { return nil }
            octets.append(UInt8(label.utf8.count))
            octets += label.utf8
        }
        return octets + [0, 0, UInt8(type.rawValue), 0, 1]
    }

    /// The addresses in a resolver's answer to the query. Who owns them is left to the resolver, which follows aliases.
    static func addresses(in answer: [UInt8], to query: [UInt8]) throws(Unusable) -> [IPAddress] {
        guard answer.count >= query.count, answer.prefix(2) == query.prefix(2), answer[2] & 0x80 != 0 else { throw .unrelated }
        guard isSame(answer[12..<query.count], query[12...]) else { throw .unrelated }
        guard answer[2] & 0x02 == 0 else { throw .truncated }
        switch answer[3] & 0x0F {
        case 0: break
        case 3: throw .noSuchName
        case let code: throw .failed(code: code)
        }
        var place = query.count
        var found: [IPAddress] = []
        for _ in 0..<(Int(answer[6]) << 8 | Int(answer[7])) {
            place = try end(ofName: place, in: answer)
            guard place + 10 <= answer.count else { throw .malformed }
            let length = Int(answer[place + 8]) << 8 | Int(answer[place + 9])
            guard place + 10 + length <= answer.count else { throw .malformed }
            let type = UInt16(answer[place]) << 8 | UInt16(answer[place + 1])
            let wanted = RecordType(rawValue: type).map { $0 == .a ? 4 : 16 } == length
            if wanted, let address = IPAddress(networkOrder: answer[(place + 10)..<(place + 10 + length)]) { found.append(address) }
            place += 10 + length
        }
        return found
    }

    /// Names come back in any case (RFC 1035 §2.3.3).
    private static func isSame(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ octet: UInt8) -> UInt8 { (0x41...0x5A).contains(octet) ? octet | 0x20 : octet }

    /// A pointer ends a name (§4.1.4), so nothing needs to be followed.
    private static func end(ofName start: Int, in octets: [UInt8]) throws(Unusable) -> Int {
        var place = start
        while place < octets.count {
            switch octets[place] {
            case 0: return place + 1
            case 0xC0...0xFF: return place + 2
            case let length where length < 0x40: place += 1 + Int(length)
            default: throw .malformed
            }
        }
        throw .malformed
    }
}
