import Exchange
import SIP
import Telephony

/// How parties are named in SIP: one address, one URI, for ever. An app keeps a chat room per URI, so any second form splits it.
struct PartyURIs: Sendable {
    let domain: Host

    /// `sip:+15550100@domain`, `sip:BANK@domain`, `sip:alice@domain`; never a port, a transport or `user=phone`.
    func uri(of address: Address) -> URI {
        switch address {
        case .alphanumeric(let name) where Self.looksLikePerson(name): URI(user: Self.user(for: name) + ".", host: domain)
        default: URI(user: Self.user(for: address.text), host: domain)
        }
    }

    /// `sip:group-12@domain`: a conversation of several, by its number. Nobody else is named so: capitals are for senders, and a sender that
    /// looks like a person has a point at its end.
    func uri(ofGroup number: Int64) -> URI { URI(user: Self.groupPrefix + String(number), host: domain) }

    /// The conversation of several that a user part names.
    static func group(of user: String) -> Int64? {
        user.hasPrefix(groupPrefix) ? Int64(user.dropFirst(groupPrefix.count)).flatMap { $0 > 0 ? $0 : nil } : nil
    }

    private static let groupPrefix = "group-"

    func uri(of person: PersonID) -> URI {
        URI(user: person.name, host: domain)
    }

    /// The user part that a request names, when it is for our domain or carries a telephone number.
    func user(of uri: URI) -> String? {
        switch uri.scheme {
        case .sip, .sips:
            return uri.user
        case .tel:
            let number = uri.opaque.prefix { $0 != ";" }
            return number.isEmpty ? nil : String(number.filter { !"-.()".contains($0) })
        case .other:
            return nil
        }
    }

    /// Carriers let anybody choose a name as sender: none of them is to be taken for a person of the house, or for Homeline itself. Persons'
    /// names have no capitals, so well-known senders keep their plain form.
    private static func looksLikePerson(_ name: String) -> Bool {
        name.lowercased() == Notices.sender.text.lowercased()
            || name.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_" }
    }

    /// A sender's name without what clients have choked on: separators, quotes, control characters.
    private static func user(for text: String) -> String {
        let cleaned = text.unicodeScalars.map { scalar -> Character in
            let isHarmless = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "+-_.*# ".unicodeScalars.contains(scalar)
            return isHarmless ? Character(scalar) : "_"
        }
        return cleaned.isEmpty ? "unknown" : String(cleaned)
    }
}
