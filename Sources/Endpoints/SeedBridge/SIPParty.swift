/// The number in what SIP things call a party: `sip:+15550100123@home.example`, `"Bob" <tel:+15550100123>;tag=a`, or the number alone.
struct SIPParty: Hashable, Sendable {
    /// Digits, with the plus sign if there was one. Visual separators of `tel:` are left out.
    let number: String

    /// Nil where there is no number in it.
    init?(_ text: String) {
        var rest = Substring(text)
        if let open = rest.lastIndex(of: "<") { rest = rest[rest.index(after: open)...].prefix { $0 != ">" } }
        for scheme in ["sip:", "sips:", "tel:"] where rest.lowercased().hasPrefix(scheme) { rest = rest.dropFirst(scheme.count) }
        let user = rest.prefix { $0 != "@" && $0 != ";" && $0 != "?" }.filter { !" -().".contains($0) }
        let digits = user.hasPrefix("+") ? user.dropFirst() : user[...]
        guard (2...20).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        number = String(user)
    }

    /// As it is; or, where the home country makes nothing of it, as the old bridge read it: an international number without its plus.
    var readings: [String] { number.hasPrefix("+") ? [number] : [number, "+" + number] }
}
