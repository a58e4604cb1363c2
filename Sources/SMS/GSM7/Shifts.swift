/// The two tables of seven-bit text at hand, looked up once per text.
struct Shifts {
    let locking: CharacterTable
    let single: CharacterTable

    init(_ tables: ShiftTables) {
        locking = tables.locking.locking
        single = tables.single.single
    }

    /// Septets a character takes: 1, or 2 with its escape; nil when neither table has it.
    @inline(__always)
    func septets(for scalar: Unicode.Scalar) -> Int? {
        if locking.code(of: scalar.value) != CharacterTable.absent { return 1 }
        return single.code(of: scalar.value) == CharacterTable.absent ? nil : 2
    }

    /// Septets the whole text takes; nil when it has a character that neither table has.
    func septets(for text: String) -> Int? {
        var septets = 0
        for scalar in text.unicodeScalars {
            guard let width = self.septets(for: scalar) else { return nil }
            septets += width
        }
        return septets
    }
}
