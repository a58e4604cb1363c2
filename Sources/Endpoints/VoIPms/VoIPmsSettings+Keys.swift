import HTTPStack
import Kinds
import Settings
import Telephony

extension VoIPmsSettings {
    private static let strictKey = Key.toggle(
        "strict", "Refuse texts of more than 160 octets with sms_toolong, as VoIP.ms does; otherwise they may be as long as the line takes.",
        example: "no")
    private static let appCallbacksKey = Key.toggle(
        "app-callbacks", "Call the addresses that apps leave with setSMS, on the open internet only: some apps learn of messages so.", example: "no")
    private static let balanceKey = Key.text("balance", "What getBalance says.", example: "\"100.00\"")
    private static let timeoutKey = Key.duration("timeout", "How long a callback or webhook may take to answer.", example: "10s")
    private static let mediaHostsKey = Key.list(
        "media-from", "Servers in your own network from which files for picture messages are fetched; others there are not.",
        example: "[nas.home.example]")
    private static let openKey = Key<[NetworkRange]>(
        "open-on", "Private ranges whose callers may send without a password through /voipms/api, as the seed bridge let anybody. "
            + "Whoever reaches Homeline from there sends texts at your cost.", example: "[10.0.0.0/8]"
    ) { node throws(Key<[NetworkRange]>.Reason) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var ranges: [NetworkRange] = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let range = NetworkRange(text), range.isPrivate else {
                throw Key<[NetworkRange]>.Reason("a list of private address ranges expected, such as [10.0.0.0/8]")
            }
            ranges.append(range)
        }
        return ranges
    }

    static let keys: [KeyDoc] = [
        .section("users", "Who may use it, a section each under a name of your choice.", [.section("alice", "One of them.", UserSettings.keys, presence: .required)], presence: .required),
        strictKey.documentation, appCallbacksKey.documentation, balanceKey.documentation, timeoutKey.documentation, mediaHostsKey.documentation,
        openKey.documentation,
    ]

    init(_ section: inout Section, lines: [LineID]) throws(SettingsError) {
        var users: [UserSettings] = []
        for (name, own) in try section.namedSections("users") {
            var own = own
            users.append(try UserSettings(name: name, &own, lines: lines))
            try own.finish()
        }
        guard !users.isEmpty else { throw section.error("users", "missing. Nobody could use it") }
        for (index, user) in users.enumerated() where users[..<index].contains(where: { $0.account.username == user.account.username }) {
            throw section.error("users", "two users have the api-username \(user.account.username)")
        }
        accounts = users.map(\.account)
        passwords = Dictionary(users.map { ($0.account.username, $0.password) }, uniquingKeysWith: { first, _ in first })
        privateHosts = Set(users.flatMap(\.privateHosts))
        mediaHosts = Set(try section.value(Self.mediaHostsKey, default: []))
        texts = try section.value(Self.strictKey, default: false) ? .strict : .lenient
        appCallbacks = try section.value(Self.appCallbacksKey, default: false) ? .called : .kept
        balance = try section.value(Self.balanceKey, default: balance)
        timeout = try section.value(Self.timeoutKey, default: timeout)
        openOn = try section.value(Self.openKey, default: [])
    }
}
