import Certificates
import Exchange
import HTTPStack
import Logging
import Telephony

/// Has a certificate made by an authority, and another one before it ends (RFC 8555). What it gets lies in the store; listeners read it there.
public actor Issuer: Service {
    private let settings: IssuerSettings
    private let store: CertificateStore
    private let proofs: Proofs
    private let web: any WebClient
    private let agent: String
    private let door: ProofDoor?
    private let mint: Mint
    private let pause: Pause
    private let log: Logger
    private let signal = WakeSignal()
    private var isAsked = false
    private var attempts = 0
    /// Of the attempt under way.
    private var step: (OrderFailure.Step, name: String?)?
    private var record: IssuerRecord

    /// - Parameters:
    ///   - door: a listener for proofs by HTTP, open while an order is under way; nil where the house's own listener shows them.
    ///   - agent: what the program calls itself (RFC 8555 §6.1).
    public init(
        _ settings: IssuerSettings, store: CertificateStore, proofs: Proofs, web: any WebClient, agent: String, door: ProofDoor?, mint: Mint,
        pause: @escaping Pause, log: Logger
    ) {
        self.settings = settings
        self.store = store
        self.proofs = proofs
        self.web = web
        self.agent = agent
        self.door = door
        self.mint = mint
        self.pause = pause
        self.log = log
        record = Self.record(in: store, for: settings)
    }

    public func run() async throws {
        while !Task.isCancelled {
            let wait = next - mint.now()
            if wait <= .zero || isAsked {
                await attempt()
                // Who asked meanwhile has what was asked for.
                isAsked = false
            } else {
                // The clock may be set meanwhile: it is looked at every hour.
                await signal.wait(atMost: min(wait, .seconds(3600)), pause: pause)
            }
        }
    }

    /// Orders one now, whatever the plan says.
    public func renewNow() {
        isAsked = true
        signal.ring()
    }

    public func state() -> IssuerState {
        let chain = authorised
        return IssuerState(
            names: settings.names, authority: settings.directory.host, end: chain?.end, issuer: chain?.issuer, next: next, attempts: attempts, step: step?.0,
            subject: step?.name, lastFailure: record.lastFailure, lastAdvice: record.lastAdvice)
    }

    /// The certificate in use, unless it is the one that stands there until the first is had.
    private var authorised: CertificateChain? {
        store.chain(store.authorised).flatMap { $0.isSelfSigned ? nil : $0 }
    }

    private var next: Instant {
        let due = RenewalPlan.due(authorised, settings, issuedFrom: record.issuedFrom)
        return RenewalPlan.next(due, after: record, of: settings.subject, now: mint.now())
    }

    // MARK: One attempt

    private func attempt() async {
        step = (.directory, nil)
        log.info("ordering a certificate", metadata: ["names": "\(settings.names.joined(separator: ","))", "authority": "\(settings.directory.host)"])
        if let door {
            await door.open { [self] fault in await order(closedDoor: fault) }
        } else {
            await order(closedDoor: nil)
        }
        step = nil
        attempts += 1
    }

    private func order(closedDoor: String?) async {
        do {
            let key = try AccountKey(pem: record.accountKey)
            // Kept before it is used: an account whose key was lost counts against the authority's limits.
            save()
            let client = AuthorityClient(directory: settings.directory, key: key, account: record.account, contact: record.contact, web: web, agent: agent)
            let request = try CertificateRequest(names: settings.names)
            let run = OrderRun(
                client: client, settings: settings, request: request, proofs: proofs, closedDoor: closedDoor, pause: pause,
                report: { [weak self] step, name in await self?.note(step, name) })
            let ending = await run.run()
            record.account = await client.account
            record.contact = await client.contact
            switch ending {
            case .chain(let chain): keep(chain, request)
            // What was cut short because the daemon stops has not failed.
            case .failure where Task.isCancelled: save()
            case .failure(let failure, let later): fail(failure, later: later)
            }
        } catch {
            fail(OrderFailure(step: .account, reason: .unusable("the keys cannot be made: \(error)")), later: nil)
        }
    }

    private func note(_ step: OrderFailure.Step, _ name: String?) { self.step = (step, name) }

    private func keep(_ text: String, _ request: CertificateRequest) {
        guard let chain = try? CertificateChain(pem: Array(text.utf8)), settings.names.allSatisfy(chain.serves), chain.end > mint.now() else {
            return fail(OrderFailure(step: .download, reason: .unusable("what came is not a certificate for these names")), later: nil)
        }
        do {
            try store.keep(chain: text, key: request.privateKey)
        } catch {
            return fail(OrderFailure(step: .storage, reason: .unusable("\(error)")), later: nil)
        }
        let now = mint.now()
        record.subject = settings.subject
        record.notBefore = chain.renewal > now ? Instant(seconds: 0) : now + RenewalPlan.rest(chain, now: now)
        record.failures = 0
        record.lastFailure = nil
        record.lastAdvice = nil
        record.issuedFrom = settings.directory.description
        save()
        log.notice("a new certificate", metadata: ["names": "\(chain.names.joined(separator: ","))", "until": "\(CivilDate(chain.end).rfc3339)"])
        if chain.renewal <= now { log.warning("the new certificate is due already: look at this machine's clock", metadata: ["next": "\(CivilDate(next).rfc3339)"]) }
    }

    private func fail(_ failure: OrderFailure, later: Duration?) {
        record.failures = record.subject == settings.subject ? record.failures + 1 : 1
        record.subject = settings.subject
        record.notBefore =
            mint.now() + RenewalPlan.pause(afterFailures: record.failures, isRateLimit: failure.isRateLimit, later: later, fraction: mint.fraction())
        record.lastFailure = failure.sentence
        record.lastAdvice = failure.advice
        save()
        log.warning("\(failure.sentence) \(failure.advice)", metadata: ["again": "\(CivilDate(record.notBefore).rfc3339)"])
    }

    private func save() {
        do {
            try store.write(record.octets, to: store.record)
        } catch {
            log.error("\(error)")
        }
    }

    private static func record(in store: CertificateStore, for settings: IssuerSettings) -> IssuerRecord {
        let directory = settings.directory.description
        guard let record = store.read(store.record).flatMap({ IssuerRecord($0) }), record.directory == directory, (try? AccountKey(pem: record.accountKey)) != nil
        else { return IssuerRecord(directory: directory, accountKey: AccountKey().pem) }
        return record
    }
}
