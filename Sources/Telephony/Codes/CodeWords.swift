/// Where a text speaks of a code.
enum CodeWords {
    /// In small letters. Those of scripts with spaces begin a word; what else they may end with is left open.
    private static let spaced = [
        "code", "codes", "otp", "tan", "mtan", "smstan", "pin", "passcode", "passwort", "password", "kennwort", "codice", "código", "codigo", "codul", "kod", "kode", "koodi",
        "kód", "kodu", "kodunuz", "kodas", "kood", "kods", "einmalcode", "sicherheitscode", "bestätigungscode", "verifizierungscode", "freigabecode", "aktivierungscode", "anmeldecode", "wachtwoord",
        "beveiligingscode", "verificatiecode", "inlogcode", "engangskode", "engångskod", "verifikationskode", "vahvistuskoodi", "kertakäyttökoodi", "hasło", "heslo", "jelszó", "parola", "contraseña", "clave", "senha",
        "код", "кода", "кодом", "пароль", "паролем", "κωδικός", "κωδικό", "κωδικοσ", "κωδικόσ", "رمز", "الرمز", "كود", "קוד", "הקוד", "कोड", "ओटीपी", "mã",
    ]
    private static let phrases = ["mot de passe", "verification number", "numer autoryzacyjny"]
    /// Of scripts without spaces: anywhere.
    private static let unspaced = ["验证码", "驗證碼", "校验码", "动态码", "動態密碼", "认证码", "認証番号", "認証コード", "確認コード", "暗証番号", "コード", "인증번호", "인증 번호", "인증코드", "รหัส"]
    /// What is a code and is none of these.
    private static let others = ["promo", "zip", "postal", "post", "discount", "voucher", "coupon", "rabatt", "gutschein", "promotion", "réduction", "postcode", "area", "bar", "qr", "dress"]

    /// The same where languages put it behind.
    private static let following = ["postal", "postale", "promo", "promotionnel", "barre", "barres", "réduction", "vestimentaire"]

    static func places(in text: [Unicode.Scalar]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        let ranges = words(of: text), strings = ranges.map { string(text[$0]) }
        for (index, word) in ranges.enumerated() where spaced.contains(strings[index]) {
            let isOther = index > 0 && others.contains(strings[index - 1]) || index + 1 < strings.count && following.contains(strings[index + 1])
            if !isOther { places.append(word) }
        }
        for phrase in phrases + unspaced { places += occurrences(of: Array(phrase.unicodeScalars), in: text) }
        return places
    }

    private static func words(of text: [Unicode.Scalar]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start: Int?
        for (index, scalar) in text.enumerated() {
            if scalar.properties.isAlphabetic || scalar.properties.numericType == nil && scalar.properties.isDiacritic {
                start = start ?? index
            } else if let begun = start {
                words.append(begun..<index)
                start = nil
            }
        }
        if let start { words.append(start..<text.count) }
        return words
    }

    private static func occurrences(of phrase: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Range<Int>] {
        guard let first = phrase.first, text.count >= phrase.count else { return [] }
        return (0...(text.count - phrase.count)).compactMap { start in
            text[start] == first && text[start..<(start + phrase.count)].elementsEqual(phrase) ? start..<(start + phrase.count) : nil
        }
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }
}
