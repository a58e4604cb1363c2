import Exchange
import Telephony

extension Address {
    /// What people are shown of a party that they do not know by a name of their own.
    ///
    /// Carriers let anybody choose a name as sender. One that could be taken for somebody of the house, for Homeline's own notices, or for who has a
    /// number, stands between quotation marks, as apps are shown it with a point behind it. Those that are written like the names of firms stay plain.
    var shownName: String {
        switch self {
        case .person: return text
        // A number's digits can be letters, too, and then they are a name.
        case .number, .shortCode: if !text.unicodeScalars.contains(where: \.properties.isAlphabetic) { return text }
        case .alphanumeric, .email: break
        }
        return Self.isMistakable(text) ? "“\(text)”" : text
    }

    private static func isMistakable(_ name: String) -> Bool {
        // What nobody sees makes no other name.
        let scalars = name.unicodeScalars.filter { !$0.properties.isWhitespace && !$0.properties.isDefaultIgnorableCodePoint }
        let looksLikeNumber = !scalars.contains { $0.properties.isAlphabetic }
        let looksLikePerson = scalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_" }
        let plain = String(String.UnicodeScalarView(scalars)).lowercased()
        return looksLikeNumber || looksLikePerson || plain.utf8.starts(with: Notices.sender.text.lowercased().utf8)
    }
}
