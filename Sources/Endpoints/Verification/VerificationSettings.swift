import Kinds
import Settings
import Telephony

/// What a verification endpoint needs to know.
struct VerificationSettings: Sendable {
    /// ISO 3166 letters of the countries whose numbers get codes.
    let countries: Set<String>
    let limits: VerificationLimits
    let texts: VerificationTexts

    init(_ section: inout Section) throws(SettingsError) {
        countries = try section.require(Self.countriesKey)
        var limits = VerificationLimits()
        limits.lifetime = try section.value(Self.lifetimeKey, default: limits.lifetime)
        limits.attempts = try section.value(Self.attemptsKey, default: limits.attempts)
        limits.perNumber = try section.value(Self.numberKey, default: limits.perNumber)
        limits.perPrefix = try section.value(Self.prefixKey, default: limits.perPrefix)
        limits.perCountry = try section.value(Self.countryKey, default: limits.perCountry)
        limits.perClient = try section.value(Self.clientKey, default: limits.perClient)
        limits.inAll = try section.value(Self.allKey, default: limits.inAll)
        guard limits.lifetime >= .seconds(60), limits.lifetime <= .seconds(86400) else { throw section.error("lifetime", "from a minute to a day") }
        self.limits = limits
        let language = try section.value(Self.languageKey, default: "en")
        texts = VerificationTexts(own: try section.value(Self.textsKey, default: [:]), language: language)
        guard texts.has(language) else { throw section.error("language", "there is no text in this language; write one under texts") }
    }

    static let keys = [
        countriesKey.required, lifetimeKey.documentation, attemptsKey.documentation, numberKey.documentation, prefixKey.documentation,
        countryKey.documentation, clientKey.documentation, allKey.documentation, languageKey.documentation, textsKey.documentation,
    ]

    private static let countriesKey = Key<Set<String>>(
        "countries", "Countries whose numbers get codes (ISO 3166, two letters). Numbers of others are refused.", example: "[US, CA]"
    ) { node throws(Key<Set<String>>.Reason) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var countries: Set<String> = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let plan = NumberPlan(country: text) else {
                throw Key<Set<String>>.Reason("a list of countries of two letters expected, such as [US, CA]")
            }
            countries.insert(plan.country)
        }
        guard !countries.isEmpty else { throw Key<Set<String>>.Reason("at least one country expected") }
        return countries
    }
    private static let lifetimeKey = Key.duration("lifetime", "How long a code is good for.", example: "10m")
    private static let attemptsKey = Key.number("attempts", "Wrong codes until one is good no more.", example: "5", in: 1...10)
    private static let numberKey = Key.number("per-number", "Codes to one number in a day, the same one sent again included.", example: "5", in: 1...100)
    private static let prefixKey = Key.number(
        "per-prefix", "Codes in an hour to numbers that share their first seven digits: whoever pumps texts walks through blocks of numbers.",
        example: "10", in: 1...10_000)
    private static let countryKey = Key.number("per-country", "Codes to numbers of one country in an hour.", example: "60", in: 1...10_000)
    private static let clientKey = Key.number(
        "per-client", "Codes in an hour for one client, as your program names them in 'client'.", example: "10", in: 1...10_000)
    private static let allKey = Key.number(
        "in-all", "Codes to anybody in an hour: what a day costs at most is 24 times as many texts.", example: "100", in: 1...10_000)
    private static let languageKey = Key.text("language", "Whose text is sent where the caller names no language, or one without a text.", example: "en")
    private static let textsKey = Key<[String: String]>(
        "texts", "Texts of your own by language. {code} stands for the code, {minutes} for how long it is good.",
        example: "{en: \"{code} is your code for Example. It is good for {minutes} minutes.\"}"
    ) { node throws(Key<[String: String]>.Reason) in
        guard case .section(let entries) = node.content else { throw Key<[String: String]>.Reason("texts by language expected, such as {en: \"{code} is your code\"}") }
        var texts: [String: String] = [:]
        for entry in entries {
            guard case .scalar(let text) = entry.value.content, text.contains(VerificationTexts.codeMark), text.utf8.count <= 480 else {
                throw Key<[String: String]>.Reason("\(entry.name): a text with \(VerificationTexts.codeMark) in it, of at most 480 octets, expected")
            }
            texts[entry.name.lowercased()] = text
        }
        return texts
    }
}
