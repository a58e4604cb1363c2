import Wire

extension OctetWriter {
    /// A variable-length unsigned integer (WAP-230-WSP §8.1.2).
    mutating func uintvar(_ number: Int) {
        var shift = 28
        while shift > 0, number >> shift == 0 { shift -= 7 }
        while shift > 0 {
            octet(0x80 | UInt8(truncatingIfNeeded: number >> shift))
            shift -= 7
        }
        octet(UInt8(truncatingIfNeeded: number & 0x7F))
    }

    /// The length before a value (§8.4.2.2).
    mutating func valueLength(_ length: Int) {
        if length <= 30 {
            octet(UInt8(truncatingIfNeeded: length))
        } else {
            octet(31)
            uintvar(length)
        }
    }

    /// Characters, quoted where need be, and a NUL. A NUL among them would end them, so there is none.
    mutating func textString(_ characters: some Collection<UInt8>) {
        if let first = characters.first(where: { $0 != 0 }), TextString.needsQuote(first) { octet(TextString.quote) }
        if characters.contains(0) { octets(characters.filter { $0 != 0 }) } else { octets(characters) }
        octet(0)
    }

    /// A number in its shortest form (§8.4.2.3).
    mutating func integer(_ number: UInt64) {
        if number < 0x80 { octet(0x80 | UInt8(truncatingIfNeeded: number)) } else { longInteger(number) }
    }

    /// A number after its length, also where it is small (§8.4.2.1).
    mutating func longInteger(_ number: UInt64) {
        let octets = number.shortestOctets
        octet(UInt8(truncatingIfNeeded: octets.count))
        self.octets(octets)
    }

    /// What is written by `write`, with its length before it.
    mutating func counted(_ write: (inout OctetWriter) -> Void) {
        var inner = OctetWriter()
        write(&inner)
        valueLength(inner.octets.count)
        octets(inner.octets)
    }
}

extension UInt64 {
    /// Most significant first, no leading zeros, one at least.
    var shortestOctets: [UInt8] {
        let count = Swift.max(1, (UInt64.bitWidth - leadingZeroBitCount + 7) / 8)
        return (0..<count).reversed().map { UInt8(truncatingIfNeeded: self >> UInt64($0 * 8)) }
    }
}
