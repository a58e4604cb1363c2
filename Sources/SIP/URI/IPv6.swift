/// Text of IPv6 addresses (RFC 4291 §2.2). Zones are refused: they mean nothing to another host.
enum IPv6 {
    /// The eight groups, nil when the text is no address.
    static func groups(_ octets: ArraySlice<UInt8>) -> [UInt16]? {
        guard octets.count <= 45 else { return nil }
        let pieces = octets.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let gap = gap(in: pieces) else {
            return pieces.count >= 7 && pieces.allSatisfy { !$0.isEmpty } ? numbers(pieces[...]).flatMap { $0.count == 8 ? $0 : nil } : nil
        }
        guard let head = numbers(pieces[..<gap.lowerBound]), let tail = numbers(pieces[gap.upperBound...]), head.count + tail.count <= 7,
              gap.lowerBound == 0 || !endsInIPv4(pieces[gap.lowerBound - 1]) else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    /// The empty pieces "::" leaves, at one place only; before an IPv4 tail also those of ":::", which the grammar of RFC 3261 made
    /// of it (RFC 5118 §4.10).
    private static func gap(in pieces: [ArraySlice<UInt8>]) -> Range<Int>? {
        guard pieces.count >= 3, let first = pieces.firstIndex(where: \.isEmpty) else { return nil }
        var end = first
        while end < pieces.count, pieces[end].isEmpty { end += 1 }
        let wanted = (first == 0 ? 1 : 0) + 1 + (end == pieces.count ? 1 : 0)
        let hasThreeColons = end == pieces.count - 1 && endsInIPv4(pieces[end]) && end - first == wanted + 1
        guard end - first == wanted || hasThreeColons, pieces[end...].allSatisfy({ !$0.isEmpty }) else { return nil }
        return first..<end
    }

    private static func endsInIPv4(_ piece: ArraySlice<UInt8>) -> Bool { piece.contains(UInt8(ascii: ".")) }

    private static func numbers(_ pieces: ArraySlice<ArraySlice<UInt8>>) -> [UInt16]? {
        var numbers: [UInt16] = []
        for (index, piece) in pieces.enumerated() {
            if index == pieces.count - 1, endsInIPv4(piece) {
                guard let address = ipv4(piece) else { return nil }
                numbers += address
            } else {
                guard let number = group(piece) else { return nil }
                numbers.append(number)
            }
        }
        return numbers
    }

    private static func group(_ digits: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(digits.count) else { return nil }
        var number: UInt16 = 0
        for digit in digits {
            guard let value = Escaping.value(digit) else { return nil }
            number = number << 4 | UInt16(value)
        }
        return number
    }

    private static func ipv4(_ octets: ArraySlice<UInt8>) -> [UInt16]? {
        let parts = octets.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.count <= 3 ? Lexer.number($0, limit: 255) : nil }
        guard parts.count == 4, numbers.count == 4 else { return nil }
        return [UInt16(numbers[0]) << 8 | UInt16(numbers[1]), UInt16(numbers[2]) << 8 | UInt16(numbers[3])]
    }
}
