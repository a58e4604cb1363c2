import ACME
import Certificates
import HTTPStack
import Settings

/// Which authority is asked for a certificate, and how it is shown that the names are ours.
public struct ACMESettings: Sendable {
    let issuer: IssuerSettings
    /// Where proofs are shown by HTTP; nil where the house's own listener, or a proxy before it, does.
    let door: Door?
    /// PEM file of those who vouch for the authority's own server, beside the system's.
    let trust: String?

    enum Door: Hashable, Sendable {
        /// Port 80 of every address.
        case anywhere
        case at(host: String, port: Int)
    }

    static let directoryKey = Key<WebURL>(
        "directory", "The authority: letsencrypt, letsencrypt-staging (for trials: nobody trusts it) or the URL of another one's directory.", example: "letsencrypt"
    ) { node throws(Key<WebURL>.Reason) in
        guard case .scalar(let text) = node.content else { throw Key<WebURL>.Reason("a single value expected") }
        let known = ["letsencrypt": "https://acme-v02.api.letsencrypt.org/directory", "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory"]
        guard let url = WebURL(known[text] ?? text), url.scheme == .https else {
            throw Key<WebURL>.Reason("letsencrypt, letsencrypt-staging or an https URL expected")
        }
        return url
    }
    static let agreedKey = Key.toggle(
        "agreed", "Whether you agree to the authority's terms (Let's Encrypt: https://letsencrypt.org/repository); without it nothing is ordered.", example: "yes")
    static let contactKey = Key<[String]>(
        "contact", "Where the authority may write to about your certificates: an e-mail address, or none.", example: "you@example.org"
    ) { node throws(Key<[String]>.Reason) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var contacts: [String] = []
        for node in nodes {
            guard case .scalar(let text) = node.content else { throw Key<[String]>.Reason("an e-mail address expected") }
            let address = text.hasPrefix("mailto:") ? String(text.dropFirst(7)) : text
            let parts = address.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2C && $0 != 0x3F }) else {
                throw Key<[String]>.Reason("an e-mail address expected, such as you@example.org")
            }
            contacts.append("mailto:" + address)
        }
        return contacts
    }
    static let challengeKey = Key.choice(
        "challenge",
        """
        How the authority sees that a name is yours: http-01 (it asks port 80 of the name) or tls-alpn-01 (it asks port 443, which must lead to the \
        HTTP listener here).
        """,
        example: "http-01", Dictionary(uniqueKeysWithValues: ChallengeKind.allCases.map { ($0.rawValue, $0) }))
    static let listenKey = Key<Door?>(
        "listen", "Where http-01 is answered while an order is under way: port 80 of every address, or another one that port 80 is forwarded to. none: "
            + "a proxy hands /.well-known/acme-challenge/ on to the HTTP listener.", example: "\"[::]:80\""
    ) { node throws(Key<Door?>.Reason) in
        guard case .scalar(let text) = node.content else { throw Key<Door?>.Reason("an address and a port expected, such as 0.0.0.0:80") }
        if text == "none" { return nil }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw Key<Door?>.Reason("an address and a port expected, such as 0.0.0.0:80")
        }
        let host = String(text[..<colon]), bare = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard ServerName.address(bare) != nil else { throw Key<Door?>.Reason("a numeric address and a port expected, such as 0.0.0.0:80") }
        return .at(host: bare, port: Int(port))
    }
    static let trustKey = Key.text(
        "trust", "PEM file of the root that vouches for the authority's own server, where it is an authority of your own.", example: "/etc/homeline/authority.pem")
    static let accountIDKey = Key.text("id", "The key id that the authority gave you.", example: "kid-1")
    static let accountKeyKey = Key<String>(
        "key-file", "File with the key that the authority gave you, in base64url.", example: "/etc/homeline/external-account.key"
    ) { node throws(Key<String>.Reason) in
        guard case .scalar(let path) = node.content else { throw Key<String>.Reason("a file name expected") }
        guard let key = SecretFile.firstLine(of: path) else { throw Key<String>.Reason("the file \(path) cannot be read") }
        guard ExternalAccount(id: "", key: key) != nil else { throw Key<String>.Reason("the first line of \(path) is no key in base64url") }
        return key
    }

    static let keys = [
        directoryKey.documentation, agreedKey.documentation, contactKey.documentation, challengeKey.documentation, listenKey.documentation, trustKey.documentation,
        KeyDoc.section(
            "external-account", "For authorities that want an account which you have with them already.", [accountIDKey.documentation, accountKeyKey.documentation]),
    ]

    /// What the section says, before it is known whether it counts.
    struct Written {
        let isEmpty: Bool
        let directory: WebURL?
        let agreed: Bool
        let contact: [String]
        let challenge: ChallengeKind
        let door: Door?
        let trust: String?
        let externalAccount: ExternalAccount?

        init(_ section: Section) throws(SettingsError) {
            var section = section
            isEmpty = !(ACMESettings.keys.contains { $0.name != "external-account" && section.has($0.name) })
            directory = try section.optional(directoryKey)
            agreed = try section.value(agreedKey, default: false)
            contact = try section.value(contactKey, default: [])
            challenge = try section.value(challengeKey, default: .http)
            door = try section.value(listenKey, default: .anywhere)
            trust = try section.optional(trustKey)
            var account: ExternalAccount?
            if var inner = try section.section("external-account") {
                let id = try inner.optional(accountIDKey), key = try inner.optional(accountKeyKey)
                try inner.finish()
                guard (id == nil) == (key == nil) else { throw inner.error("id", "id and key-file go together") }
                if let id, let key { account = ExternalAccount(id: id, key: key) }
            }
            externalAccount = account
            try section.finish()
        }
    }

    init(_ written: Written, names: [String], in section: Section) throws(SettingsError) {
        guard !names.isEmpty else { throw section.error("names", "missing. An authority certifies names such as [sms.example.org]") }
        guard written.agreed else { throw section.error("acme", "agreed: yes is missing. \(Self.agreedKey.doc)") }
        let addresses = names.filter { ServerName.address($0) != nil }
        if written.challenge == .tls, let address = addresses.first { throw section.error("names", "\(address) is an address; those are proven by http-01") }
        if let short = names.first(where: { ServerName.address($0) == nil && !$0.contains(".") }), written.trust == nil {
            throw section.error("names", "\(short) is a name of this house only; an authority certifies names that everybody can look up")
        }
        // Let's Encrypt is where most people go.
        guard let directory = written.directory ?? WebURL("https://acme-v02.api.letsencrypt.org/directory") else { throw section.error("acme", "directory: missing") }
        issuer = IssuerSettings(
            directory: directory, names: names, contact: written.contact, challenge: written.challenge, externalAccount: written.externalAccount)
        door = written.challenge == .http ? written.door : nil
        trust = written.trust
    }
}
