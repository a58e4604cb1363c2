extension RegionMetadata {
    /// The digits without what is dialled before them within the country.
    func significant(_ digits: Digits) -> Digits {
        guard let stripped = withoutNationalPrefix(digits), lengths.contains(stripped.count) || stripped.count > (lengths.furthest ?? 0)
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
        guard let keep = text(.transformKeep).map(DigitPattern.init(text:)) else { return nil }
        let lead = self[.transformLead], trail = self[.transformTrail]
        guard let start = lead.isNone ? 0 : lead.furthest(in: digits) else { return nil }
        for end in keep.ends(in: digits, from: PlaceSet(start)).places.reversed() {
            let rest = trail.isNone ? end : trail.ends(in: digits, from: PlaceSet(end)).furthest
            guard let rest else { continue }
            let prefix = text(.transformPrefix) ?? []
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
        if text(.mobile)?.first == UInt8(ascii: "=") { return isFixed ? .fixedLineOrMobile : nil }
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
