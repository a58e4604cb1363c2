import Exchange
import Files
import HTTPStack
import Kinds
import Logging
import Telephony

/// What VoIP.ms's customers' programs call, over the owner's own lines.
final class VoIPms: Sendable {
    let settings: VoIPmsSettings
    let context: EndpointContext
    let numbers: LineNumbers
    let notebook: Notebook
    let media: MediaFetch
    let resends: Resends
    let targets = TargetRecord()
    let budget = OctetBudget(limit: VoIPms.bodyBudget)
    /// To the owner's servers, for files, and to what apps named: each may go elsewhere.
    let client: any WebClient
    let publicClient: any WebClient
    let appClient: any WebClient
    let log: Logger
    private let passwords: PasswordGuard
    private let accounts: [String: Account]

    init(settings: VoIPmsSettings, context: EndpointContext, client: any WebClient, publicClient: any WebClient, appClient: any WebClient, log: Logger) {
        self.settings = settings
        self.context = context
        self.client = client
        self.publicClient = publicClient
        self.appClient = appClient
        self.log = log
        numbers = LineNumbers(lines: context.lines, ledger: context.ledger, mint: context.mint)
        notebook = Notebook(directory: context.directory, log: log)
        media = MediaFetch(
            reader: SentMediaReader(client: publicClient, media: context.media), media: context.media, files: context.files, ledger: context.ledger,
            mint: context.mint)
        resends = Resends(endpoint: context.id, ledger: context.ledger, lines: context.lines.map(\.id), mint: context.mint)
        passwords = PasswordGuard(passwords: settings.passwords, clock: context.mint)
        accounts = Dictionary(settings.accounts.map { ($0.username, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Who calls. Nobody is told which of name and password is wrong.
    func account(of call: Call) throws(Refusal) -> Account {
        guard let username = call["api_username"]?.lowercased(), let password = call["api_password"] else { throw Refusal(.missingCredentials) }
        switch passwords.check(name: username, password: password, source: call.source) {
        case .known:
            guard let account = accounts[username] else { throw Refusal(.invalidCredentials) }
            budget.know(call.source)
            return account
        case .wrong: throw Refusal(.invalidCredentials)
        case .wait(let seconds): throw Refusal(.invalidCredentials, "Too many wrong passwords from here; wait \(seconds) seconds")
        }
    }

    /// The line that a caller names by its number.
    func line(_ text: String, of account: Account) async -> LineID? {
        await numbers.line(text, among: account.lines) { try? self.context.submissions.address($0, line: $1) }
    }

    /// How a message looks to a caller.
    func view(_ message: Message, number: Int64) async -> MessageView {
        MessageView(
            message, number: number, did: await numbers.text(of: message.line), isAtHome: await numbers.isAtHome(message.line), files: context.files)
    }

    /// Whose sight of the ledger an account has.
    func reader(_ account: Account) -> String { "\(context.id)/\(account.name)" }
}
