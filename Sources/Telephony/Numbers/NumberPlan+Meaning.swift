extension NumberPlan {
    /// Whether it reaches an emergency service from home, or from any mobile phone (TS 22.101 §10.1.1).
    public func isEmergency(_ address: Address) -> Bool {
        guard case .shortCode(let text) = address, let digits = Digits(Array(text.utf8)[...]) else { return false }
        return isEmergency(digits)
    }

    func isEmergency(_ digits: Digits) -> Bool {
        Self.emergencyEverywhere.contains { $0.elementsEqual(digits.ascii) } || home[.emergency].matches(digits)
    }

    private static let emergencyEverywhere = [Array("112".utf8), Array("911".utf8)]

    /// Whether reaching it is charged above the ordinary rate.
    public func isPremium(_ address: Address) -> Bool {
        switch address {
        case .number(let number): kind(of: number) == .premiumRate
        case .shortCode(let text): Digits(Array(text.utf8)[...]).map(home[.premiumShortCode].matches) ?? false
        case .alphanumeric, .email, .person: false
        }
    }

    /// ISO 3166 letters of the country of an E.164 number; `001` for calling codes of no country, nil where it can't be told.
    public func region(of number: String) -> String? {
        located(number)?.region.region
    }

    /// What an E.164 number is for; nil when its country's plan has no such number.
    public func kind(of number: String) -> NumberKind? {
        located(number).flatMap { $0.region.kind(of: $0.rest) }
    }

    private func located(_ number: String) -> (region: RegionMetadata, rest: Digits)? {
        guard number.hasPrefix("+"), let digits = Digits(Array(number.utf8.dropFirst())[...]) else { return nil }
        return NumberingTable.world.region(ofInternational: digits)
    }
}
