/// Which two tables seven-bit text is read with; the user data header names them where they are not the standard ones.
public struct ShiftTables: Hashable, Sendable {
    /// The table of unescaped codes.
    public var locking: NationalLanguage
    /// The table of codes after an escape.
    public var single: NationalLanguage

    public init(locking: NationalLanguage = .standard, single: NationalLanguage = .standard) {
        self.locking = locking
        self.single = single
    }

    /// The default alphabet and its extension table.
    public static let standard = ShiftTables()
}
