import Exchange
import Kinds
import Logging
import Telephony

/// Serves a line through a Huawei router with a HiLink page: asks it for texts, sends through it, and watches it.
///
/// The files of this folder each hold one of these concerns. What they decide is in pure values (`ReceivedText`, `SentBox`, `LoginGuard`, …),
/// what they do is here.
actor HiLinkTrunk: Service {
    let settings: HiLinkSettings
    let environment: HiLinkEnvironment
    let link: RouterLink
    let facts: RouterFacts
    /// Nil where the settings have no picture messages.
    nonisolated let pictures: HiLinkPictures?

    var status = RouterStatus()
    var ripening = Ripening()
    var rate: RateLimit
    /// Texts of ours that the router keeps a copy of, to be deleted.
    var copies: Set<SentBox.Mark> = []
    /// The router keeps texts that it was asked to delete.
    var refusesDeletion = false
    /// It holds a text that cannot be read.
    var hidesText = false
    /// Second of the last request to send: each has one of its own.
    var lastDate: Instant?
    /// In a row, without an answer.
    var misses = 0
    var isSetUp = false
    /// A PIN that was sent and of which no word came back, and how many wrong ones the SIM allowed before.
    var pinInDoubt: (attempt: SecretAttempt, tries: Int?)?
    var returnOwed = ReturnOwed()
    /// What was last kept of the line. A router that begins anew with another SIM may be back before anybody misses it.
    var told: LineFacts?
    var round = 0
    let sending = Turns()
    let receiving = Turns()
    var isAskingNetwork = false

    init(settings: HiLinkSettings, environment: HiLinkEnvironment) {
        self.settings = settings
        self.environment = environment
        link = RouterLink(
            address: settings.address, credentials: settings.credentials, client: environment.client, refused: environment.refused,
            now: environment.now, nonce: environment.nonce)
        rate = RateLimit(perMinute: settings.segmentsPerMinute, now: environment.now())
        let facts = RouterFacts()
        self.facts = facts
        pictures = settings.pictures.map { HiLinkPictures(settings: $0, facts: facts, environment: environment) }
    }

    /// The true state of the router.
    var health: Health { status.health(of: settings.address.host) }

    var line: LineID { settings.line }
    var logger: Logger { environment.logger }

    /// Runs until cancelled: asks the router again and again, less often while it is away.
    func run() async throws {
        while !Task.isCancelled {
            await look()
            try? await environment.pause(wait)
        }
    }

    /// Twice as long after each miss, up to a minute.
    private var wait: Duration { min(settings.poll * (1 << min(misses, 6)), max(settings.poll, .seconds(60))) }

    /// One round: sets the router up when that is due, looks how it is, and takes what has come.
    func look() async {
        do {
            if !isSetUp { try await setUp() }
            try await watch()
            try await receive()
            round += 1
            await isBack()
        } catch {
            await isAway(error)
        }
    }
}
