/// Finds rows of `NumberMetadata`. Read once, on first use; rows are taken apart when they are asked for.
struct NumberingTable: Sendable {
    static let world = NumberingTable(Array(NumberMetadata.text.utf8))

    private let octets: [UInt8]
    private let rowOfRegion: [String: Range<Int>]
    /// Rows of a calling code, the main region first.
    private let rowsOfCode: [ArraySlice<UInt8>: [Range<Int>]]

    init(_ octets: [UInt8]) {
        var rowOfRegion: [String: Range<Int>] = [:]
        var rowsOfCode: [ArraySlice<UInt8>: [Range<Int>]] = [:]
        for row in octets.split(separator: UInt8(ascii: "\n")) {
            let parts = row.split(separator: UInt8(ascii: ";"), maxSplits: 2)
            guard parts.count == 3 else { continue }
            rowOfRegion[String(decoding: parts[0], as: UTF8.self)] = row.indices
            rowsOfCode[parts[1].dropFirst(), default: []].append(row.indices)
        }
        self.octets = octets
        self.rowOfRegion = rowOfRegion
        self.rowsOfCode = rowsOfCode
    }

    /// ISO 3166 letters of all countries, sorted.
    var countries: [String] { rowOfRegion.keys.filter { $0 != Self.noCountry }.sorted() }

    static let noCountry = "001"

    func region(_ country: String) -> RegionMetadata? {
        country == Self.noCountry ? nil : rowOfRegion[country].flatMap { RegionMetadata(row: octets[$0]) }
    }

    /// The main region of the calling code that the digits begin with, and what follows it.
    func mainRegion(ofInternational digits: Digits) -> (region: RegionMetadata, rest: Digits)? {
        guard let (rows, rest) = split(digits), let row = rows.first, let region = RegionMetadata(row: octets[row]) else { return nil }
        return (region, rest)
    }

    /// The region of the calling code that an international number's national part belongs to.
    func region(ofInternational digits: Digits) -> (region: RegionMetadata, rest: Digits)? {
        guard let (rows, rest) = split(digits) else { return nil }
        for row in rows {
            guard let region = RegionMetadata(row: octets[row]) else { continue }
            let leading = region[.leadingDigits]
            let isHome = leading.isNone ? rows.count == 1 || region.kind(of: rest) != nil : leading.furthest(in: rest) != nil
            if isHome { return (region, rest) }
        }
        return nil
    }

    /// No calling code is the beginning of another.
    private func split(_ digits: Digits) -> (rows: [Range<Int>], rest: Digits)? {
        for length in 1...3 where length < digits.count {
            if let rows = rowsOfCode[digits.ascii.prefix(length)], let rest = digits.dropFirst(length) { return (rows, rest) }
        }
        return nil
    }
}
