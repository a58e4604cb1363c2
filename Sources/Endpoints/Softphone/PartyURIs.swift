import Exchange
import SIP
import SIPStack
import Telephony

/// How parties are named in SIP: one address, one URI, for ever. An app keeps a chat room per URI, so any second form splits it.
struct PartyURIs: Sendable {
    let domain: Host

    /// `sip:+15550100@domain`, `sip:BANK@domain`, `sip:alice@domain`; never a port, a transport or `user=phone`.
    func uri(of address: Address) -> URI {
        let user = Self.user(for: address.text)
        return URI(user: Self.isVouchedFor(address) ? user : Self.setApart(user), host: domain)
    }

    /// `sip:group-12@domain`: a conversation of several, by its number. Nobody else is named so: a sender that would be is set
    /// apart.
    func uri(ofGroup number: Int64) -> URI { URI(user: Self.groupPrefix + String(number), host: domain) }

    /// The conversation of several that a user part names.
    static func group(of user: String) -> Int64? {
        user.hasPrefix(groupPrefix) ? Int64(user.dropFirst(groupPrefix.count)).flatMap { $0 > 0 ? $0 : nil } : nil
    }

    private static let groupPrefix = "group-"

    func uri(of person: PersonID) -> URI {
        URI(user: person.name, host: domain)
    }

    /// The user part that a request names, or the telephone number; whose it is `isHere` tells.
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

    /// Whether a user of that address can be one of ours. An app may know us by another name than our own, or by an address: its account is there too.
    func isHere(_ uri: URI, for account: URI?) -> Bool {
        guard uri.isSIP else { return false }
        return uri.host.isEquivalent(to: domain) || account.map { uri.host.isEquivalent(to: $0.host) } ?? false || IPAddress(uri.host.text) != nil
    }

    /// Persons are ours, and the network tells who sends from a number. Its digits can be letters too, though, and then they are a name.
    private static func isVouchedFor(_ address: Address) -> Bool {
        switch address {
        case .person: true
        case .number(let text): text.utf8.allSatisfy("+0123456789".utf8.contains)
        case .shortCode(let text): text.utf8.allSatisfy("0123456789*#".utf8.contains)
        case .alphanumeric, .email: false
        }
    }

    /// Carriers let anybody choose a name as sender: none of them is to be taken for a person of the house, for Homeline itself, or for who has a
    /// number, in an app that reads one with points in it as well as when it is answered. It is the cleaned name that is looked at, and what is
    /// set apart stays as it is when it is read back. Persons' names have no capitals, so well-known senders keep their plain form.
    private static func setApart(_ user: String) -> String {
        // The mark of a long vowel is a letter that is read as a hyphen in numbers.
        let looksLikeNumber = !user.unicodeScalars.contains { $0 == "_" || $0.properties.isAlphabetic && $0 != "\u{30FC}" }
        if looksLikeNumber { return user + "_." }
        let looksLikePerson = user.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "_" }
        let looksLikeUs = user.lowercased().utf8.elementsEqual(Notices.sender.text.lowercased().utf8)
        return looksLikePerson || looksLikeUs ? user + "." : user
    }

    /// A sender's name without what clients have choked on: separators, quotes, control characters.
    private static func user(for text: String) -> String {
        let cleaned = text.unicodeScalars.map { scalar -> Character in
            let isHarmless = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "+-_.*# ".unicodeScalars.contains(scalar)
            return isHarmless ? Character(scalar) : "_"
        }
        return cleaned.isEmpty ? "Unknown" : String(cleaned)
    }
}
