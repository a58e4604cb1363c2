/// What the pages say, in one language. Each sentence stands in all languages side by side, in an extension beside what says it.
struct Words: Sendable {
    let language: Language

    static let english = Words(language: .english)
    static let french = Words(language: .french)

    /// One sentence in every language there is.
    func say(_ english: String, _ french: String) -> String {
        switch language {
        case .english: english
        case .french: french
        }
    }
}

/// The languages of the pages, by their tag (BCP 47).
enum Language: String, CaseIterable, Sendable {
    case english = "en"
    case french = "fr"

    /// As those call it who speak it.
    var name: String {
        switch self {
        case .english: "English"
        case .french: "Français"
        }
    }

    /// The one that a browser likes best of those there are (RFC 9110 §12.5.4); English where it likes none.
    init(accepting field: String?) {
        var best: (language: Language, quality: Double) = (.english, 0)
        for range in (field ?? "").prefix(500).split(separator: ",") {
            let pieces = range.split(separator: ";").map { $0.trimmingPrefix { $0 == " " } }
            guard let tag = pieces.first?.lowercased(), let language = Self.allCases.first(where: { tag == $0.rawValue || tag.hasPrefix($0.rawValue + "-") })
            else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }
            let quality = weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if quality > best.quality { best = (language, quality) }
        }
        self = best.language
    }
}
