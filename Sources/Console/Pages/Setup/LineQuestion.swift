/// One question of a line's form, and the key of the line's section that its answer is for.
struct LineQuestion: Sendable {
    enum Kind: Sendable {
        case text
        case url
        /// Kept in a file of its own, which the key names, and never shown again.
        case secret
        /// The same, of our own making, to be told to the other side: shown in the form.
        case minted
        /// A box to tick: the key says yes.
        case toggle
        /// What is not a key of its own.
        case part
    }

    let name: String
    let key: String
    let kind: Kind
    let isNeeded: Bool
    /// Octets of a secret at least.
    let shortest: Int

    private init(_ name: String, key: String? = nil, _ kind: Kind, isNeeded: Bool = false, shortest: Int = 0) {
        self.name = name
        self.key = key ?? (kind.isSecret ? "\(name)-file" : name)
        self.kind = kind
        self.isNeeded = isNeeded
        self.shortest = shortest
    }

    static func needed(_ name: String, key: String? = nil, _ kind: Kind = .text, atLeast shortest: Int = 0) -> LineQuestion {
        LineQuestion(name, key: key, kind, isNeeded: true, shortest: shortest)
    }

    static func asked(_ name: String, key: String? = nil, _ kind: Kind = .text, atLeast shortest: Int = 0) -> LineQuestion {
        LineQuestion(name, key: key, kind, shortest: shortest)
    }
}

extension LineQuestion.Kind {
    var isSecret: Bool {
        switch self {
        case .secret, .minted: true
        case .text, .url, .toggle, .part: false
        }
    }
}
