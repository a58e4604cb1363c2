/// One way of writing a text into user data, with its cost.
enum TextCoding: Hashable, Sendable {
    case gsm7(ShiftTables)
    case ucs2

    /// Septets or sixteen-bit units the whole text takes; nil when it can't be written.
    func units(for text: String) -> Int? {
        switch self {
        case .gsm7(let tables): Shifts(tables).septets(for: text)
        case .ucs2: text.utf16.count
        }
    }

    /// Units that fit behind a header with these elements.
    func capacity(with elements: [InformationElement]) -> Int {
        let octets = elements.isEmpty ? 0 : 1 + elements.reduce(0) { $0 + $1.octetCount }
        return switch self {
        case .gsm7: UserData.maximumSeptets - GSM7.septetCount(coveringOctets: octets)
        case .ucs2: (UserData.maximumOctets - octets) / 2
        }
    }

    /// The header elements that name the tables.
    var shiftElements: [InformationElement] {
        guard case .gsm7(let tables) = self else { return [] }
        var elements: [InformationElement] = []
        if tables.single != .standard { elements.append(.nationalSingleShift(tables.single)) }
        if tables.locking != .standard { elements.append(.nationalLockingShift(tables.locking)) }
        return elements
    }

    func userData(_ text: String, elements: [InformationElement]) throws(EncodeError) -> UserData {
        let header = elements.isEmpty ? nil : UserDataHeader(elements)
        return switch self {
        case .gsm7: try UserData(gsm7: text, header: header)
        case .ucs2: try UserData(ucs2: text, header: header)
        }
    }

    var alphabet: Alphabet {
        if case .ucs2 = self { .ucs2 } else { .gsm7 }
    }

    var tables: ShiftTables {
        if case .gsm7(let tables) = self { tables } else { .standard }
    }
}
