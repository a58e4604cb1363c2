/// The numbering plan of one region: a row of `NumberMetadata`.
struct RegionMetadata: Sendable {
    /// What a row can say; the raw value is the field's place.
    enum Field: Int, CaseIterable {
        case internationalPrefix
        /// What may be taken off a number dialled nationally, carrier codes included.
        case dialledPrefix
        /// What has to be dialled before every national number.
        case nationalPrefix
        // A rule that rewrites a number dialled nationally: what leads, what of it is kept, what trails, what is put before.
        case transformLead, transformKeep, transformTrail, transformPrefix
        case leadingDigits, general, lengths
        case fixedLine, mobile, tollFree, premiumRate, sharedCost, personal, voip, pager, universalAccess, voicemail
        case emergency, shortCode, premiumShortCode

        /// The letters that lead the fields of a row, in the order of the cases.
        static let letters = Array("inNakzbdglfmopsevruxESP".utf8)
    }

    /// ISO 3166 letters; `001` for a calling code that belongs to no country.
    let region: String
    /// Calling code, ASCII digits.
    let code: ArraySlice<UInt8>
    /// Lengths that a national significant number may have.
    let lengths: PlaceSet
    private let row: ArraySlice<UInt8>
    /// Where each field's text stands in the row, by raw value.
    private let fields: [Range<Int>?]

    /// Reads one row, `CH;+41;i00;n0;…`; nil for something else.
    init?(row: ArraySlice<UInt8>) {
        var parts = RowParts(row: row)
        guard let name = parts.next(), let plus = parts.next(), row[plus].first == UInt8(ascii: "+") else { return nil }
        var fields = [Range<Int>?](repeating: nil, count: Field.letters.count)
        while let part = parts.next() {
            guard let letter = row[part].first, let place = Field.letters.firstIndex(of: letter) else { continue }
            fields[place] = part.dropFirst()
        }
        region = String(decoding: row[name], as: UTF8.self)
        code = row[plus].dropFirst()
        lengths = fields[Field.lengths.rawValue].map { PlaceSet(list: row[$0]) } ?? []
        self.row = row
        self.fields = fields
    }

    subscript(field: Field) -> DigitPattern { text(field).map(DigitPattern.init(text:)) ?? .none }

    func text(_ field: Field) -> ArraySlice<UInt8>? { fields[field.rawValue].map { row[$0] } }

    /// Whether people dial something before every national number.
    var hasNationalPrefix: Bool { !self[.nationalPrefix].isNone }
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
