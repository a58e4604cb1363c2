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
        // Sums of before there were such passwords stay right.
        if let password = binding.password { add(password.description) }
    }

    init(of password: AppPassword) {
        self.init()
        for text in [
            password.id.description, password.person.name, password.label, password.credentials.realm, password.credentials.ha1MD5,
            password.credentials.ha1SHA256,
        ] {
            add(text)
        }
        add(password.createdAt.milliseconds)
    }

    init(of token: Token) {
        self.init()
        for text in [token.name, token.hash, ColumnText.encode(list: token.scopeNames)] { add(text) }
        add(token.createdAt.milliseconds)
        add(token.expiresAt?.milliseconds ?? .min)
    }

    /// Of what decides who is let in; the name and what changes with each use are not.
    init(of passkey: Passkey) {
        self.init()
        add(passkey.person.name)
        for octets in [passkey.id, passkey.handle, passkey.key] { add(octets) }
        add(passkey.site)
        add(passkey.createdAt.milliseconds)
    }

    init(of account: Account) {
        self.init()
        for text in [account.person.name, account.role.rawValue, account.password, account.timeZone ?? ""] { add(text) }
        add(account.createdAt.milliseconds)
    }
}

extension Token {
    /// In an order that does not change.
    var scopeNames: [String] { scopes.map(\.rawValue).sorted() }
}
