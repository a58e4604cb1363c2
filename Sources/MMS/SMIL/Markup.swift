/// Values of attributes as XML writes them.
enum Markup {
    private static let entities: [(name: String, character: Unicode.Scalar)] = [
        ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"),
    ]

    /// References resolved, control characters and white space at either end left out; a reference that is none stays as it is.
    static func unescaped(_ octets: ArraySlice<UInt8>) -> String {
        if octets.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "&") }) { return String(decoding: octets, as: UTF8.self) }
        var scalars = String.UnicodeScalarView()
        var rest = String(decoding: octets, as: UTF8.self).unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "&", let end = rest.prefix(12).firstIndex(of: ";"), let character = reference(Substring(rest[..<end])) {
                rest = rest[end...].dropFirst()
                scalars.append(character)
            } else {
                scalars.append(scalar)
            }
        }
        scalars.removeAll { $0.value < 0x20 || $0.value == 0x7F }
        return ASCII.trimmed(String(scalars))
    }

    private static func reference(_ name: Substring) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return entities.first { $0.name == name }?.character }
        let digits = name.dropFirst()
        let number = digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap(Unicode.Scalar.init)
    }

    static func escaped(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let entity = entities.first(where: { $0.character == scalar }) {
                scalars.append(contentsOf: "&\(entity.name);".unicodeScalars)
            } else if scalar.value >= 0x20, scalar.value != 0x7F {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
