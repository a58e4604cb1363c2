import Exchange
import HTTPStack
import Telephony

/// What the endpoint needs to know.
struct VoIPmsSettings: Sendable {
    /// How long a text may be.
    enum TextLimit: Hashable, Sendable {
        /// As long as the line takes.
        case lenient
        /// 160 octets, as at the service itself: some programs send longer ones as picture messages.
        case strict
    }

    /// Whether addresses that apps leave with `setSMS` are told of messages.
    enum AppCallbacks: Hashable, Sendable {
        case kept, called
    }

    let accounts: [Account]
    /// By `api_username` in lower case.
    let passwords: [String: String]
    var texts = TextLimit.lenient
    var appCallbacks = AppCallbacks.kept
    /// What `getBalance` says: nobody knows what is on a SIM.
    var balance = "100.00"
    /// From where the look-alike of the seed bridge may be called without a password: ranges of the house alone.
    var openOn: [NetworkRange] = []
    /// Hosts of users' servers that may be in the owner's own network.
    var privateHosts: Set<String> = []
    /// Hosts there from which files are fetched.
    var mediaHosts: Set<String> = []
    /// For one call to somebody's server.
    var timeout: Duration = .seconds(10)

    /// Each account's callback and webhook, and the address that its apps leave, each by itself.
    var receivers: [Receiver] {
        accounts.flatMap { account in
            let fromApp = appCallbacks == .called ? [Target.fromApp(of: account.name)] : []
            return (account.targets.map(\.receiver) + fromApp).map { Receiver($0, lines: Set(account.lines)) }
        }
    }

    init(accounts: [Account], passwords: [String: String]) {
        self.accounts = accounts
        self.passwords = passwords
    }
}
