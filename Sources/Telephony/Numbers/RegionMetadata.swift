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
    let code: [UInt8]
    /// Lengths that a national significant number may have.
    let lengths: [Int]
    private let fields: [Field: ArraySlice<UInt8>]

    /// Reads one row, `CH;+41;i00;n0;…`; nil for something else.
    init?(row: ArraySlice<UInt8>) {
        let parts = row.split(separator: UInt8(ascii: ";"))
        guard parts.count >= 2, parts[1].first == UInt8(ascii: "+") else { return nil }
        var fields: [Field: ArraySlice<UInt8>] = [:]
        for part in parts.dropFirst(2) {
            guard let letter = part.first, let field = Field(rawValue: letter) else { continue }
            fields[field] = part.dropFirst()
        }
        region = String(decoding: parts[0], as: UTF8.self)
        code = Array(parts[1].dropFirst())
        lengths = (fields[.lengths] ?? []).split(separator: UInt8(ascii: ",")).compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        self.fields = fields
    }

    subscript(field: Field) -> DigitPattern {
        fields[field].map(DigitPattern.init(text:)) ?? .none
    }

    /// Whether people dial something before every national number.
    var hasNationalPrefix: Bool { !self[.nationalPrefix].isNone }

    // MARK: - National significant numbers

    /// The digits without what is dialled before them within the country.
    func significant(_ digits: Digits) -> Digits {
        guard let stripped = withoutNationalPrefix(digits), lengths.contains(stripped.count) || stripped.count > (lengths.last ?? 0)
        else { return digits }
        return stripped
    }

    private func withoutNationalPrefix(_ digits: Digits) -> Digits? {
        guard let stripped = transformed(digits) ?? self[.dialledPrefix].furthest(in: digits).flatMap(digits.dropFirst),
            // What was a number as it stood is not to become none.
            !self[.general].matches(digits) || self[.general].matches(stripped)
        else { return nil }
        return stripped
    }

    /// Rewrites by the region's rule, nil where it does not apply: `0 11 15 xxxx xxxx` of Argentina becomes `9 11 xxxx xxxx`.
    private func transformed(_ digits: Digits) -> Digits? {
        guard let keep = fields[.transformKeep].map(DigitPattern.init(text:)) else { return nil }
        let lead = self[.transformLead], trail = self[.transformTrail]
        guard let start = lead.isNone ? 0 : lead.furthest(in: digits) else { return nil }
        for end in keep.ends(in: digits, from: PlaceSet(start)).places.reversed() {
            let rest = trail.isNone ? end : trail.ends(in: digits, from: PlaceSet(end)).furthest
            guard let rest else { continue }
            let prefix = fields[.transformPrefix] ?? []
            let first = digits.ascii.startIndex
            return Digits(prefix + digits.ascii[first + start..<first + end] + digits.ascii[(first + rest)...])
        }
        return nil
    }

    /// What a national significant number is for; nil when the plan has no such number.
    func kind(of number: Digits) -> NumberKind? {
        guard lengths.contains(number.count), self[.general].matches(number) else { return nil }
        for (field, kind) in Self.kinds where self[field].matches(number) { return kind }
        let isFixed = self[.fixedLine].matches(number)
        // The mobile pattern `=` says: the same as the fixed one.
        if fields[.mobile]?.first == UInt8(ascii: "=") { return isFixed ? .fixedLineOrMobile : nil }
        switch (isFixed, self[.mobile].matches(number)) {
        case (true, true): return .fixedLineOrMobile
        case (true, false): return .fixedLine
        case (false, true): return .mobile
        case (false, false): return nil
        }
    }

    private static let kinds: [(Field, NumberKind)] = [
        (.premiumRate, .premiumRate), (.tollFree, .tollFree), (.sharedCost, .sharedCost), (.voip, .voip), (.personal, .personal),
        (.pager, .pager), (.universalAccess, .universalAccess), (.voicemail, .voicemail),
    ]
}
