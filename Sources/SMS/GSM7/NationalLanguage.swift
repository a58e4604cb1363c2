/// National language identifier (3GPP TS 23.038 §6.2.1.2.4). A language we have no table for reads as the default alphabet.
public struct NationalLanguage: RawRepresentable, Hashable, Sendable {
    public var rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// No shift: the default alphabet or its extension.
    public static let standard = NationalLanguage(rawValue: 0)
    public static let turkish = NationalLanguage(rawValue: 1)
    /// Has a single shift table only.
    public static let spanish = NationalLanguage(rawValue: 2)
    public static let portuguese = NationalLanguage(rawValue: 3)
    public static let bengali = NationalLanguage(rawValue: 4)
    public static let gujarati = NationalLanguage(rawValue: 5)
    public static let hindi = NationalLanguage(rawValue: 6)
    public static let kannada = NationalLanguage(rawValue: 7)
    public static let malayalam = NationalLanguage(rawValue: 8)
    public static let oriya = NationalLanguage(rawValue: 9)
    public static let punjabi = NationalLanguage(rawValue: 10)
    public static let tamil = NationalLanguage(rawValue: 11)
    public static let telugu = NationalLanguage(rawValue: 12)
    public static let urdu = NationalLanguage(rawValue: 13)

    /// Whether there is a locking shift table of the language's own.
    var hasLockingTable: Bool {
        self != .spanish && (1...13).contains(rawValue)
    }

    /// Whether there is a single shift table of the language's own.
    var hasSingleTable: Bool {
        (1...13).contains(rawValue)
    }

    var locking: CharacterTable {
        switch self {
        case .turkish: .turkishLocking
        case .portuguese: .portugueseLocking
        case .bengali: .bengaliLocking
        case .gujarati: .gujaratiLocking
        case .hindi: .hindiLocking
        case .kannada: .kannadaLocking
        case .malayalam: .malayalamLocking
        case .oriya: .oriyaLocking
        case .punjabi: .punjabiLocking
        case .tamil: .tamilLocking
        case .telugu: .teluguLocking
        case .urdu: .urduLocking
        default: .standardLocking
        }
    }

    var single: CharacterTable {
        switch self {
        case .turkish: .turkishSingle
        case .spanish: .spanishSingle
        case .portuguese: .portugueseSingle
        case .bengali: .bengaliSingle
        case .gujarati: .gujaratiSingle
        case .hindi: .hindiSingle
        case .kannada: .kannadaSingle
        case .malayalam: .malayalamSingle
        case .oriya: .oriyaSingle
        case .punjabi: .punjabiSingle
        case .tamil: .tamilSingle
        case .telugu: .teluguSingle
        case .urdu: .urduSingle
        default: .standardSingle
        }
    }
}
