import Telephony

extension Checksum {
    init(of person: Person) {
        self.init()
        add(person.id.name)
        add(ColumnText.encode(list: person.lines.map(\.name)))
        for text in [person.credentials.realm, person.credentials.ha1MD5, person.credentials.ha1SHA256] { add(text) }
    }

    init(of binding: Binding) {
        self.init()
        for text in [
            binding.person.name, binding.device.name, binding.contact, ColumnText.encode(list: binding.path), binding.flow, binding.callID,
            binding.userAgent,
        ] {
            add(text)
        }
        for number in [Int64(binding.cseq), binding.registeredAt.milliseconds, binding.expiresAt.milliseconds] { add(number) }
    }

    init(of token: Token) {
        self.init()
        for text in [token.name, token.hash, ColumnText.encode(list: token.scopeNames)] { add(text) }
        add(token.createdAt.milliseconds)
        add(token.expiresAt?.milliseconds ?? .min)
    }
}

extension Token {
    /// In an order that does not change.
    var scopeNames: [String] { scopes.map(\.rawValue).sorted() }
}
