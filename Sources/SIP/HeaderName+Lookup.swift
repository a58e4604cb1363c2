extension HeaderName.Known {
    /// Open addressing over length, first and last letter: one probe for nearly every name. Zero is an empty place, else a case + 1.
    private static let places: InlineArray<512, UInt8> = {
        var places = InlineArray<512, UInt8>(repeating: 0)
        for name in allCases {
            for form in [name.spelling, name.compactForm].compactMap(\.self) {
                var place = hash(Array(form.utf8).span)
                while places[place] != 0 { place = (place + 1) & 511 }
                places[place] = name.rawValue + 1
            }
        }
        return places
    }()

    /// Lower-case octets of all forms, one after another, in the order of the cases.
    private static let spellings: [[UInt8]] = allCases.map { $0.spelling.lowercased().utf8.map(\.self) }

    private static let compactForms: [UInt8] = allCases.map { $0.compactForm?.utf8.first ?? 0 }

    private static func hash(_ name: Span<UInt8>) -> Int {
        let first = Int(Grammar.lowercased(name[0])), last = Int(Grammar.lowercased(name[name.count - 1]))
        let middle = Int(Grammar.lowercased(name[name.count / 2]))
        return (name.count &* 37 &+ first &* 5 &+ last &* 11 &+ middle &* 3) & 511
    }

    /// The name spelt by a token in any case, long or compact; nil when it is none of ours.
    static func lookup(_ name: Span<UInt8>) -> HeaderName.Known? {
        guard name.count > 0, name.count <= 32 else { return nil }
        var place = hash(name)
        while places[place] != 0 {
            let candidate = Int(places[place]) - 1
            if name.count == 1 ? compactForms[candidate] == Grammar.lowercased(name[0]) : matches(name, spellings[candidate]) {
                return HeaderName.Known(rawValue: UInt8(candidate))
            }
            place = (place + 1) & 511
        }
        return nil
    }

    private static func matches(_ name: Span<UInt8>, _ spelling: [UInt8]) -> Bool {
        guard name.count == spelling.count else { return false }
        for index in name.indices where Grammar.lowercased(name[index]) != spelling[index] { return false }
        return true
    }
}
