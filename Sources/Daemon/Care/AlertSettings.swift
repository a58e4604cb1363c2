import Exchange
import HTTPStack
import Settings

/// Whom to tell when something is wrong, and by which ways.
public struct AlertSettings: Sendable {
    public struct Hook: Sendable {
        public let url: WebURL
        public let secret: String
        /// Whether the server may be on this machine or in a private network.
        public let isPrivate: Bool
    }

    /// Telephone numbers that are told by text.
    public let numbers: [String]
    /// The lines to text by, the best first; nil for all.
    public let lines: [String]?
    public let hook: Hook?
    /// Whether the apps of those who have the lines are told.
    public let tellsApps: Bool
    public let rules: AlertRules

    static let toKey = Key.list("to", "Numbers that are told by text, over a line that works. Each text costs what texts cost.", example: "[\"+41791234567\"]")
    static let linesKey = Key.list("lines", "The lines to text by, the best first; all where left out.", example: "[home]")
    static let appsKey = Key.toggle("apps", "Whether those who have the lines are told by a message from Homeline in their apps.", example: "yes")
    static let hookKey = Key<WebURL>("webhook", "A web server that is told by a signed POST.", example: "https://hooks.example.org/alerts") { node throws(Key<WebURL>.Reason) in
        guard case .scalar(let text) = node.content, let url = WebURL(text) else {
            throw Key<WebURL>.Reason("an http or https URL expected, without a user name")
        }
        return url
    }
    static let secretKey = Key<String>(
        "webhook-secret-file", "File with the secret that the receiver checks X-Homeline-Signature with; its first line counts.",
        example: "/etc/homeline/alerts.secret"
    ) { node throws(Key<String>.Reason) in
        guard case .scalar(let path) = node.content else { throw Key<String>.Reason("a file name expected") }
        guard let secret = SecretFile.firstLine(of: path) else { throw Key<String>.Reason("the file \(path) cannot be read") }
        guard secret.utf8.count >= 16 else { throw Key<String>.Reason("the secret in \(path) is shorter than 16 characters") }
        return secret
    }
    static let privateKey = Key.toggle("webhook-private", "Whether that server may be on this machine or in a private network.", example: "no")
    static let patienceKey = Key.duration("after", "How long a line or an endpoint must be without service before it is told.", example: "10m")
    static let periodKey = Key.duration("period", "The same trouble is told at most once in this time.", example: "24h")
    static let refusalsKey = Key.number(
        "refused-sign-ins", "How many sign-ins to the Console must be refused within an hour before it is told.", example: "30", in: 1...10_000)

    // The secret stands beside its webhook: only together do they mean something.
    static let keys = [
        toKey.documentation, linesKey.documentation, appsKey.documentation, hookKey.documentation, secretKey.documentation, privateKey.documentation,
        patienceKey.documentation, periodKey.documentation, refusalsKey.documentation,
    ]

    init(_ section: Section?, lines known: [String]) throws(SettingsError) {
        var section = section ?? Section(emptyAt: "alerts")
        numbers = try section.value(Self.toKey, default: [])
        lines = try section.optional(Self.linesKey)
        if let unknown = lines?.first(where: { !known.contains($0) }) { throw section.error("lines", "there is no line named \(unknown)") }
        tellsApps = try section.value(Self.appsKey, default: true)
        let url = try section.optional(Self.hookKey), secret = try section.optional(Self.secretKey)
        let isPrivate = try section.value(Self.privateKey, default: false)
        guard (url == nil) == (secret == nil) else { throw section.error("webhook", "webhook and webhook-secret-file go together") }
        hook = if let url, let secret { Hook(url: url, secret: secret, isPrivate: isPrivate) } else { nil }
        let rules = AlertRules()
        self.rules = AlertRules(
            patience: try section.value(Self.patienceKey, default: rules.patience), period: try section.value(Self.periodKey, default: rules.period),
            refusals: try section.value(Self.refusalsKey, default: rules.refusals))
        try section.finish()
    }
}
