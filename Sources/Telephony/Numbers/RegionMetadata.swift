/// The numbering plan of one region: a row of `NumberMetadata`.
struct RegionMetadata: Sendable {
    /// The letters that lead the fields of a row.
    enum Field: UInt8, CaseIterable {
        case internationalPrefix = 0x69  // i
        // What may be taken off a number dialled nationally, carrier codes included.
        case dialledPrefix = 0x6E  // n
        // What has to be dialled before one.
        case nationalPrefix = 0x4E  // N
        // A rule that rewrites a number dialled nationally: what leads, what of it is kept, what trails, what is put before.
        case transformLead = 0x61  // a
        case transformKeep = 0x6B  // k
        case transformTrail = 0x7A  // z
        case transformPrefix = 0x62  // b
        case leadingDigits = 0x64  // d
        case general = 0x67  // g
        case lengths = 0x6C  // l
        case fixedLine = 0x66  // f
        case mobile = 0x6D  // m
        case tollFree = 0x6F  // o
        case premiumRate = 0x70  // p
        case sharedCost = 0x73  // s
        case personal = 0x65  // e
        case voip = 0x76  // v
        case pager = 0x72  // r
        case universalAccess = 0x75  // u
        case voicemail = 0x78  // x
        case emergency = 0x45  // E
        case shortCode = 0x53  // S
        case premiumShortCode = 0x50  // P
    }

    /// ISO 3166 letters; `001` for a calling code that belongs to no country.
    let region: String
    /// Calling code, ASCII digits.
    let code: ArraySlice<UInt8>
    /// Lengths that a national significant number may have.
    let lengths: PlaceSet
    private let row: ArraySlice<UInt8>
    /// Where each field's text stands in the row, by the field's place among all fields.
    private let fields: [Range<Int>?]

    /// Reads one row, `CH;+41;i00;n0;…`; nil for something else.
    init?(row: ArraySlice<UInt8>) {
        var parts = RowParts(row: row)
        guard let name = parts.next(), let plus = parts.next(), row[plus].first == UInt8(ascii: "+") else { return nil }
        var fields = [Range<Int>?](repeating: nil, count: Field.allCases.count)
        while let part = parts.next() {
            guard let letter = row[part].first, let field = Field(rawValue: letter) else { continue }
            fields[field.place] = part.dropFirst()
        }
        region = String(decoding: row[name], as: UTF8.self)
        code = row[plus].dropFirst()
        lengths = fields[Field.lengths.place].map { PlaceSet(list: row[$0]) } ?? []
        self.row = row
        self.fields = fields
    }

    subscript(field: Field) -> DigitPattern { text(field).map(DigitPattern.init(text:)) ?? .none }

    func text(_ field: Field) -> ArraySlice<UInt8>? { fields[field.place].map { row[$0] } }

    /// Whether people dial something before every national number.
    var hasNationalPrefix: Bool { !self[.nationalPrefix].isNone }
}

extension RegionMetadata.Field {
    /// Its place among all fields.
    fileprivate var place: Int { Int(Self.placeOfLetter[Int(rawValue & 0x7F)]) }

    private static let placeOfLetter: [UInt8] = {
        var places = [UInt8](repeating: 0, count: 128)
        for (place, field) in zip(UInt8(0)..., allCases) { places[Int(field.rawValue & 0x7F)] = place }
        return places
    }()
}

extension PlaceSet {
    /// From a list of numbers, `8,10,11`.
    fileprivate init(list: ArraySlice<UInt8>) {
        var set: PlaceSet = []
        var number = 0
        for character in list {
            if let digit = Digits.value(ofASCII: character) {
                number = min(number * 10 + digit, Digits.limit)
            } else {
                set.formUnion(PlaceSet(number))
                number = 0
            }
        }
        self = set.union(PlaceSet(number))
    }
}

/// The places of what stands between semicolons.
private struct RowParts {
    let row: ArraySlice<UInt8>
    private var index: Int

    init(row: ArraySlice<UInt8>) {
        self.row = row
        index = row.startIndex
    }

    mutating func next() -> Range<Int>? {
        guard index < row.endIndex else { return nil }
        let end = row[index...].firstIndex(of: UInt8(ascii: ";")) ?? row.endIndex
        defer { index = end + 1 }
        return index..<end
    }
}
