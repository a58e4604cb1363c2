/// The block before each file of an archive.
enum TarHeader {
    static let block = 512

    enum Kind: Hashable {
        case file
        case folder
        /// A name of more than a header holds, as GNU tar writes it; and attributes of pax, which say nothing that we need.
        case attributes
        case other(UInt8)
    }

    /// The places of a header's fields.
    private static let nameField = 0..<100, sizeField = 124..<136, timeField = 136..<148, sumField = 148..<156, kindField = 156, magicField = 257..<265,
        prefixField = 345..<500

    static func encode(_ entry: TarEntry) -> [UInt8] {
        var octets = [UInt8](repeating: 0, count: block)
        let (prefix, name) = split(entry.name) ?? ([], [])
        octets.replaceSubrange(nameField.lowerBound..<(nameField.lowerBound + name.count), with: name)
        octets.replaceSubrange(prefixField.lowerBound..<(prefixField.lowerBound + prefix.count), with: prefix)
        octets.put(Array("0000600\0".utf8), at: 100)
        octets.put(Array("0000000\0".utf8), at: 108)
        octets.put(Array("0000000\0".utf8), at: 116)
        octets.put(number(Int64(entry.size)), at: sizeField.lowerBound)
        octets.put(number(max(0, entry.modified)), at: timeField.lowerBound)
        octets[kindField] = UInt8(ascii: "0")
        octets.put(Array("ustar\u{0}00".utf8), at: magicField.lowerBound)
        octets.put(Array((octal(Int64(sum(octets)), digits: 6) + "\0 ").utf8), at: sumField.lowerBound)
        return octets
    }

    /// Nil for the empty block at an archive's end.
    static func decode(_ octets: ArraySlice<UInt8>, at offset: Int) throws(TarError) -> (kind: Kind, name: String, size: Int, modified: Int64)? {
        let octets = Array(octets)
        guard octets.contains(where: { $0 != 0 }) else { return nil }
        guard let told = value(octets[sumField]), told == Int64(sum(octets)), let size = value(octets[sizeField]), size >= 0, size <= 1 << 50 else {
            throw .damaged(offset: offset)
        }
        let isPosix = octets[magicField].starts(with: "ustar\0".utf8)
        let prefix = isPosix ? text(octets[prefixField]) : ""
        let name = (prefix.isEmpty ? "" : prefix + "/") + text(octets[nameField])
        let kind: Kind =
            switch octets[kindField] {
            case UInt8(ascii: "0"), 0: .file
            case UInt8(ascii: "5"): .folder
            case UInt8(ascii: "x"), UInt8(ascii: "g"): .attributes
            case let other: .other(other)
            }
        return (kind, name, Int(size), value(octets[timeField]) ?? 0)
    }

    /// A name as prefix and name, nil where it is too long for both.
    static func split(_ name: String) -> (prefix: [UInt8], name: [UInt8])? {
        let octets = Array(name.utf8)
        guard octets.count > nameField.count else { return octets.isEmpty ? nil : ([], octets) }
        for (position, octet) in octets.enumerated() where octet == UInt8(ascii: "/") && position <= prefixField.count && octets.count - position - 1 <= nameField.count {
            return (Array(octets[..<position]), Array(octets[(position + 1)...]))
        }
        return nil
    }

    /// The sum of all octets, its own field as spaces.
    private static func sum(_ octets: [UInt8]) -> Int {
        octets.indices.reduce(0) { $0 + (sumField.contains($1) ? 0x20 : Int(octets[$1])) }
    }

    /// Eleven octal digits, or what has more of them as a big-endian number with its first bit set, as GNU tar does.
    private static func number(_ value: Int64) -> [UInt8] {
        guard value >= 1 << 33 else { return Array((octal(value, digits: 11) + "\0").utf8) }
        return [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - $0 * 8)) }
    }

    private static func octal(_ value: Int64, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    private static func value(_ field: ArraySlice<UInt8>) -> Int64? {
        if field.first == 0x80 {
            guard field.dropFirst().prefix(field.count - 9).allSatisfy({ $0 == 0 }), field.suffix(8).first.map({ $0 < 0x80 }) == true else { return nil }
            return field.suffix(8).reduce(0) { $0 << 8 | Int64($1) }
        }
        let digits = field.drop { $0 == 0x20 }.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        guard digits.count <= 12, field.dropFirst(field.count - (field.endIndex - digits.endIndex)).allSatisfy({ $0 == 0 || $0 == 0x20 }) else { return nil }
        return digits.reduce(0) { $0 << 3 | Int64($1 - UInt8(ascii: "0")) }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String { String(decoding: field.prefix { $0 != 0 }, as: UTF8.self) }
}

extension [UInt8] {
    fileprivate mutating func put(_ octets: [UInt8], at position: Int) { replaceSubrange(position..<(position + octets.count), with: octets) }
}
