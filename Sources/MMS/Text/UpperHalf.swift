/// What a character set of one octet a character makes of the octets that are not ASCII.
struct UpperHalf: Sendable {
    /// Of the octets 80 to FF.
    private let characters: [Unicode.Scalar]

    /// Octets below `first` stand for the control characters of the same number.
    init(from first: UInt8, _ characters: String) {
        self.characters = (0x80..<first).map { Unicode.Scalar($0) } + Array(characters.unicodeScalars)
    }

    func text(of octets: some Collection<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        for octet in octets { text.append(octet < 0x80 ? Unicode.Scalar(octet) : characters[Int(octet) - 0x80]) }
        return String(text)
    }
}

extension Charset {
    /// Nil for character sets of another kind, and for those not known here.
    var upperHalf: UpperHalf? {
        switch rawValue {
        // What calls itself Latin-1 is windows-1252 wherever the two differ.
        case 4, 2252: .windows1252
        case 5: .latin2
        case 6: .latin3
        case 7: .latin4
        case 8: .cyrillic
        case 9: .arabic
        case 10: .greek
        case 11: .hebrew
        case 12: .latin5
        case 13: .latin6
        case 2259: .thai
        case 109: .latin7
        case 110: .latin8
        case 111: .latin9
        case 112: .latin10
        case 2250: .windows1250
        case 2251: .windows1251
        case 2253: .windows1253
        case 2254: .windows1254
        case 2255: .windows1255
        case 2256: .windows1256
        case 2257: .windows1257
        case 2258: .windows1258
        case 2084: .koi8r
        default: nil
        }
    }
}
