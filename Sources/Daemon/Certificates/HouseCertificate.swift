import ACME
import Certificates
import Console
import Exchange
import HTTPStack
import Kinds
import Logging
import Telephony

/// The certificates of the house: that they are there before anybody listens, who looks after them, and how it stands with them.
struct HouseCertificate: Sendable {
    private let settings: DaemonSettings
    private let store: CertificateStore
    private let shown: [ShownCertificate]
    private let clock: any WallClock
    private let pause: Pause
    let proofs = Proofs()
    let issuer: Issuer?
    private let client: GuardedClient?

    init(_ settings: DaemonSettings, ledger: any Ledger, mint: Mint, clock: any WallClock, pause: @escaping Pause) {
        self.settings = settings
        self.clock = clock
        self.pause = pause
        store = settings.certificateStore
        shown = ShownCertificate.all(settings)
        guard case .acme(let acme) = settings.certificates?.way else {
            issuer = nil
            client = nil
            return
        }
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: [acme.issuer.directory.host]), authorities: acme.trust.map { [$0] } ?? [])
        self.client = client
        let proofs = proofs
        // A plain listener of the house at port 80 shows proofs itself.
        let isAtPort80 = settings.http.certificate == nil && settings.http.listen?.hasSuffix(":80") == true
        let door = (isAtPort80 ? nil : acme.door).map { Self.door($0, proofs: proofs, ledger: ledger, clock: clock) }
        issuer = Issuer(
            acme.issuer, store: store, proofs: proofs, web: client, agent: "homeline (ACME, RFC 8555)", door: door, mint: mint, pause: pause,
            log: Logger(label: "certificates"))
    }

    /// Makes what we make ourselves, and looks at everything that will be shown. Throws `StateError` where TLS would not take it.
    func prepare(log: Logger) throws {
        let now = clock.now()
        do {
            switch settings.certificates?.way {
            case .selfSigned(let names): try store.ensureSelfSigned(store.selfSigned, names: names, now: now)
            // Something to begin with: proofs by TLS need a listener before there is a certificate.
            case .acme(let acme): try store.ensureSelfSigned(store.authorised, names: acme.issuer.names, now: now)
            case .files, nil: break
            }
        } catch {
            throw StateError("The certificate cannot be made: \(error)")
        }
        for certificate in shown {
            let finding = certificate.finding(now: now)
            if finding.end == nil { throw StateError("The certificate of \(certificate.place): \(finding.sentence) \(finding.advice ?? "")") }
            if finding.verdict != .good { log.warning("\(finding.sentence) \(finding.advice ?? "")", metadata: ["certificate": "\(certificate.place)"]) }
        }
    }

    var services: [Lifecycle] {
        var services: [Lifecycle] = []
        if let issuer { services.append(Lifecycle(issuer)) }
        if let client { services.append(Lifecycle(ClientService(client))) }
        if case .selfSigned(let names)? = settings.certificates?.way {
            services.append(Lifecycle(SelfSignedRenewal(store: store, names: names, clock: clock, pause: pause)))
        }
        return services
    }

    /// What the certificates have to do with the house's own listener.
    var operations: [HTTPStack.Operation] { issuer == nil ? [] : [proofs.operation] }

    /// Asks for a new one now; false where nobody is there to make it.
    func renewNow() async -> Bool {
        await issuer?.renewNow()
        return issuer != nil
    }

    func health() async -> [PartHealth] {
        let now = clock.now()
        var parts: [PartHealth] = []
        for certificate in shown {
            if let issuer, certificate.files == store.authorised {
                parts.append(PartHealth(.certificate, name: certificate.place, health: await issuer.state().health(at: now)))
            } else {
                parts.append(PartHealth(.certificate, name: certificate.place, health: certificate.health(now: now)))
            }
        }
        return parts
    }

    private static func door(_ place: ACMESettings.Door, proofs: Proofs, ledger: any Ledger, clock: any WallClock) -> ProofDoor {
        ProofDoor { whenOpen in
            let log = Logger(label: "certificates")
            func serve(_ host: String, _ port: Int) async throws {
                var limits = ListenerSettings.Limits()
                limits.connections = 64
                let site = Site(operations: [proofs.operation], tokens: TokenGuard(ledger: ledger, clock: clock), counts: RequestCounts(), logger: log)
                try await Listener(settings: ListenerSettings(host: host, port: port, limits: limits), site: site, clock: clock, logger: log) { _ in whenOpen() }.run()
            }
            switch place {
            case .at(let host, let port): try await serve(host, port)
            case .anywhere:
                // One socket for both families, where the machine has both.
                do { try await serve("::", 80) } catch let error as CannotListen where error.reason.contains("family") { try await serve("0.0.0.0", 80) }
            }
        }
    }
}

/// Makes the next self-signed certificate before the present one ends.
private struct SelfSignedRenewal: Service {
    let store: CertificateStore
    let names: [String]
    let clock: any WallClock
    let pause: Pause

    func run() async throws {
        while !Task.isCancelled {
            try await pause(.seconds(3600))
            try? store.ensureSelfSigned(store.selfSigned, names: names, now: clock.now())
        }
    }
}
