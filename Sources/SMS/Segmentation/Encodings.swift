/// What `Segmentation` may write a text in besides the default alphabet and UCS2, which are always allowed.
public struct Encodings: Hashable, Sendable {
    /// Languages whose shift tables may be used, first choice first. Many phones and service centres ignore them.
    public var languages: [NationalLanguage]

    public init(languages: [NationalLanguage]) {
        self.languages = languages
    }

    /// The default alphabet and UCS2.
    public static let standard = Encodings(languages: [])

    /// The ways of writing with the languages' tables, the least demanding of each first.
    var nationalCodings: [TextCoding] {
        var codings: [TextCoding] = []
        for language in languages where language.hasSingleTable {
            codings.append(.gsm7(ShiftTables(single: language)))
            guard language.hasLockingTable else { continue }
            codings.append(.gsm7(ShiftTables(locking: language)))
            codings.append(.gsm7(ShiftTables(locking: language, single: language)))
        }
        return codings
    }
}
