/// What a code is sent with, by language.
struct VerificationTexts: Sendable {
    private let texts: [String: String]
    private let fallback: String

    /// - Parameters:
    ///   - own: the owner's texts by language, in the place of ours.
    ///   - language: whose text is taken where a caller names none that there is.
    init(own: [String: String] = [:], language: String = "en") {
        texts = Self.ours.merging(own) { $1 }
        fallback = language.lowercased()
    }

    /// The place of the code, and that of the minutes it is good for.
    static let codeMark = "{code}"
    static let minutesMark = "{minutes}"

    /// Whether there is a text of the language.
    func has(_ language: String) -> Bool { texts[language.lowercased()] != nil }

    /// A language is told as `de` or `de-CH`; a text of its own goes before the language's.
    func text(_ code: String, minutes: Int64, language: String?) -> String {
        let asked = language?.lowercased()
        let text = asked.flatMap { texts[$0] ?? texts[String($0.prefix { $0 != "-" && $0 != "_" })] } ?? texts[fallback] ?? Self.codeMark
        return text.replacing(Self.codeMark, with: code).replacing(Self.minutesMark, with: String(minutes))
    }

    /// Each in the letters of the GSM alphabet, for one segment.
    private static let ours = [
        "en": "{code} is your code. It is good for {minutes} minutes. We never ask for it on the phone.",
        "de": "{code} ist Ihr Code. Er gilt {minutes} Minuten. Wir fragen nie am Telefon danach.",
        "fr": "{code} est votre code, valable {minutes} minutes. Nous ne le demandons jamais au téléphone.",
        "it": "{code} è il tuo codice, valido {minutes} minuti. Non lo chiediamo mai al telefono.",
        "es": "{code} es tu clave durante {minutes} minutos. Nunca la pedimos por teléfono.",
        "nl": "{code} is je code, {minutes} minuten geldig. Wij vragen er nooit telefonisch om.",
    ]
}
