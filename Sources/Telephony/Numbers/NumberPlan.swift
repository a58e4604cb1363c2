/// How numbers are written and dialled in a line's home country, and what numbers everywhere mean.
///
/// The plans are libphonenumber's. Where a plan and a person disagree, the person's plus sign wins: plans age, and carriers judge.
public struct NumberPlan: Sendable {
    /// ISO 3166 letters of the home country, `CH`.
    public let country: String
    let home: RegionMetadata

    /// Nil for letters that are no country with telephones. Case is ignored.
    public init?(country: String) {
        guard let home = NumberingTable.world.region(country.uppercased()) else { return nil }
        self.country = home.region
        self.home = home
    }

    /// The home country's calling code in digits, `41`.
    public var callingCode: String { String(decoding: home.code, as: UTF8.self) }

    /// All countries that `init(country:)` takes, sorted.
    public static var countries: [String] { NumberingTable.world.countries }

    /// Digits of an E.164 number, calling code included. The standard allows 15; German numbers of two digits more are in use.
    private static let internationalLengths = 7...17
    /// Short codes that no plan lists are taken as such up to this length.
    private static let shortCodeLengths = 2...8
    /// Where a prefix is dialled before national numbers, a run of up to so many digits without it is a short code.
    private static let longestBareShortCode = 6

    /// The address a person means: `+41 79 123 45 67`, `0041…`, `079…`, a short code, `*100#`. Nil when it is no number.
    public func normalise(_ text: String) -> Address? {
        guard let dialled = DialledText(text) else { return nil }
        if dialled.isServiceCode {
            return dialled.hasPlus || dialled.ascii.count > 20 ? nil : .shortCode(String(decoding: dialled.ascii, as: UTF8.self))
        }
        guard let digits = Digits(dialled.ascii[...]) else { return nil }
        return dialled.hasPlus ? international(digits) : asDialled(digits)
    }

    /// The address that a network means by the digits of an address field. Never refuses: what is no number stays as it is.
    public func interpret(_ digits: String, as form: NumberForm) -> Address {
        guard let parsed = Digits(Array(digits.utf8)[...]) else { return .shortCode(digits) }
        switch form {
        case .international:
            // Some networks call everything international; no such number begins with 0 or is this short.
            if parsed.ascii.first == UInt8(ascii: "0") || parsed.count < Self.internationalLengths.lowerBound {
                return asDialled(parsed) ?? .shortCode(digits)
            }
            return international(parsed) ?? .number("+" + digits)
        case .national:
            let number = home.significant(parsed)
            return number.count > Self.longestBareShortCode || home.kind(of: number) != nil ? address(home, number) : .shortCode(digits)
        case .unknown:
            return asDialled(parsed) ?? .shortCode(digits)
        case .short:
            return .shortCode(digits)
        }
    }

    // MARK: - Forms

    private func address(_ region: RegionMetadata, _ number: Digits) -> Address {
        .number("+" + String(decoding: region.code, as: UTF8.self) + number.text)
    }

    /// Calling code first.
    private func international(_ digits: Digits) -> Address? {
        guard Self.internationalLengths.contains(digits.count),
            let (region, rest) = NumberingTable.world.mainRegion(ofInternational: digits)
        else { return nil }
        // `+41 (0)79…` is written often.
        return address(region, region.significant(rest))
    }

    private func asDialled(_ digits: Digits) -> Address? {
        if isEmergency(digits) { return .shortCode(digits.text) }
        if let rest = withoutInternationalPrefix(digits), let address = international(rest) { return address }
        if let number = withoutOwnCallingCode(digits) { return address(home, number) }

        let number = home.significant(digits)
        let isShort = home[.shortCode].matches(digits)
        let isBare = number.count == digits.count
        let mayBeNumber = !isBare || digits.count > Self.longestBareShortCode
        if home.kind(of: number) != nil, mayBeNumber || !home.hasNationalPrefix && !isShort { return address(home, number) }
        if isShort { return .shortCode(digits.text) }
        if mayBeNumber, home.lengths.contains(number.count) { return address(home, number) }
        return Self.shortCodeLengths.contains(digits.count) ? .shortCode(digits.text) : nil
    }

    private func withoutInternationalPrefix(_ digits: Digits) -> Digits? {
        guard let end = home[.internationalPrefix].furthest(in: digits), let rest = digits.dropFirst(end) else { return nil }
        // No calling code begins with 0.
        return rest.ascii.first == UInt8(ascii: "0") ? nil : rest
    }

    /// `41791234567`: what networks give without saying that it is international.
    private func withoutOwnCallingCode(_ digits: Digits) -> Digits? {
        guard digits.hasPrefix(home.code), let rest = digits.dropFirst(home.code.count) else { return nil }
        let number = home.significant(rest)
        let isTooLong = digits.count > (home.lengths.furthest ?? 0)
        let general = home[.general]
        guard isTooLong || !general.matches(digits) && general.matches(number) else { return nil }
        return home.lengths.contains(number.count) ? number : nil
    }
}
