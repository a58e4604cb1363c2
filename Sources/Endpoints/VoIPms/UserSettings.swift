import HTTPStack
import Kinds
import Settings
import Telephony

/// The section of one user.
struct UserSettings: Sendable {
    let account: Account
    let password: String
    /// Hosts of this user's servers, where they may be in the owner's own network.
    let privateHosts: [String]

    private static let usernameKey = Key.text(
        "api-username", "What the program sends as api_username; VoIP.ms wants an e-mail address.", example: "alice@example.org")
    private static let passwordKey = Key<String>(
        "password-file", "File with what the program sends as api_password, 12 characters or more; its first line counts.",
        example: "/etc/homeline/voipms-alice.password"
    ) { node throws(Key<String>.Reason) in
        guard case .scalar(let path) = node.content else { throw Key<String>.Reason("a file name expected") }
        guard let password = SecretFile.firstLine(of: path) else { throw Key<String>.Reason("the file \(path) cannot be read") }
        guard password.utf8.count >= 12 else { throw Key<String>.Reason("the password in \(path) is shorter than 12 characters") }
        return password
    }
    private static let personKey = Key.text("person", "Who this user's messages are from, as 'homeline person' knows them.", example: "alice")
    private static let linesKey = Key.list("lines", "The lines this user has; all that the endpoint serves where left out.", example: "[home]")
    private static let accountsKey = Key.list(
        "sub-accounts", "What getSubAccounts lists: a name, with @ and a line where it is not the first.", example: "[100001_alice, 100001_office@home]")
    private static let callbackKey = Key<CallbackTemplate>(
        "callback", "An address that is called for every message that comes, with {FROM}, {TO}, {MESSAGE}, {ID}, {TIMESTAMP} and {MEDIA} in it.",
        example: "\"https://hooks.example.org/sms?from={FROM}&to={TO}&message={MESSAGE}&files={MEDIA}&id={ID}&date={TIMESTAMP}\""
    ) { node throws(Key<CallbackTemplate>.Reason) in
        guard case .scalar(let text) = node.content, let template = CallbackTemplate(text) else {
            throw Key<CallbackTemplate>.Reason("an http or https URL expected, with no token in its host")
        }
        return template
    }
    private static let retryKey = Key.toggle(
        "callback-retry", "Call again every half hour until the answer is ok; otherwise once.", example: "yes")
    private static let webhookKey = Key<WebURL>(
        "webhook", "An address to which every message that comes is posted as JSON, as VoIP.ms posts to 3CX and mmsgate.",
        example: "https://sms.example.org:38443/mmsgate"
    ) { node throws(Key<WebURL>.Reason) in
        guard case .scalar(let text) = node.content, let url = WebURL(text) else {
            throw Key<WebURL>.Reason("an http or https URL expected, without a user name")
        }
        return url
    }
    private static let privateKey = Key.toggle("private", "Whether callback and webhook may be on this machine or in a private network.", example: "no")

    static let keys = [
        usernameKey.required, passwordKey.required, personKey.documentation, linesKey.documentation, accountsKey.documentation,
        callbackKey.documentation, retryKey.documentation, webhookKey.documentation, privateKey.documentation,
    ]

    init(name: String, _ section: inout Section, lines all: [LineID]) throws(SettingsError) {
        let username = try section.require(Self.usernameKey)
        password = try section.require(Self.passwordKey)
        let lines = try section.optional(Self.linesKey).map { $0.map { LineID($0) } } ?? all
        if let unknown = lines.first(where: { !all.contains($0) }) { throw section.error("lines", "there is no line named \(unknown) here") }
        guard let first = lines.first else { throw section.error("lines", "at least one line expected") }
        var subAccounts: [SubAccount] = []
        for text in try section.value(Self.accountsKey, default: ["100000_\(name)"]) {
            let halves = text.split(separator: "@", maxSplits: 1).map(String.init)
            let line = halves.count > 1 ? LineID(halves[1]) : first
            guard let sub = halves.first, lines.contains(line) else { throw section.error("sub-accounts", "\(text) names no line of this user's") }
            subAccounts.append(SubAccount(name: sub, line: line))
        }
        var targets: [Target] = []
        let persistence = try section.value(Self.retryKey, default: true) ? Target.Persistence.untilTaken : .once
        if let template = try section.optional(Self.callbackKey) { targets.append(Target(account: name, form: .callback(template), persistence: persistence)) }
        if let url = try section.optional(Self.webhookKey) { targets.append(Target(account: name, form: .webhook(url), persistence: .untilTaken)) }
        privateHosts = try section.value(Self.privateKey, default: false) ? targets.map(\.host) : []
        account = Account(
            name: name, username: username.lowercased(), person: try section.optional(Self.personKey).map { PersonID($0) }, lines: lines,
            subAccounts: subAccounts, targets: targets)
    }
}
