import ACME
import EndpointSoftphone
import Exchange
import Runtime
import Settings
import Store
import Telephony
import TrunkModem

/// Proves that the daemon could work here: what `homeline check` shows. Settings and kinds are read by the same code that runs.
public struct Diagnosis: Sendable {
    private let settings: DaemonSettings

    public init(_ settings: DaemonSettings) {
        self.settings = settings
    }

    /// Reads every row of the ledger and every file beside it, and tells each finding. Works beside a running daemon.
    public func auditLedger(tell: (Finding) -> Void) async {
        await auditRows(tell)
        await auditFiles(tell)
    }

    private func auditRows(_ tell: (Finding) -> Void) async {
        do {
            let audit = try await LedgerAccess.open(StateDirectory(settings.stateDirectory)).audit()
            for fault in audit.faults { tell(Finding("ledger", .bad, fault, advice: Self.damageAdvice)) }
            if audit.faults.isEmpty { tell(Finding("ledger", .good, "Every row is what was written; \(audit.messages) messages.")) }
        } catch {
            tell(Finding("ledger", .bad, "\(error)", advice: Self.damageAdvice))
        }
    }

    private func auditFiles(_ tell: (Finding) -> Void) async {
        do {
            let store = try FileMediaStore(directory: StateDirectory(settings.stateDirectory).media, limit: settings.media.limit)
            let audit = try await store.audit()
            for fault in audit.faults { tell(Finding("files", .bad, fault, advice: Self.damageAdvice)) }
            if audit.faults.isEmpty { tell(Finding("files", .good, "Every file is what was written; \(audit.files) files.")) }
        } catch {
            tell(Finding("files", .bad, "\(error)"))
        }
    }

    private static let damageAdvice = "What is damaged is kept aside and the rest is served. Look after the disk; a backup has it as it was."

    /// Looks at everything, and tells each finding as it is made.
    public func run(tell: (Finding) -> Void) async {
        let state = StateDirectory(settings.stateDirectory)
        defer { state.giveToOwner() }
        for finding in HostCheck.clock() + HostCheck.disk(of: state) + [HostCheck.media()] { tell(finding) }
        if settings.lines.isEmpty { tell(Finding("lines", .bad, "No line is configured.", advice: "homeline setup, or the pages: homeline run shows where they are.")) }
        let isRunning = state.isHeld || state.isListening
        if isRunning { tell(Finding("daemon", .good, "Homeline runs on \(state.path); devices and ports are its own and were not tried.")) }
        guard let assembly = assemble(state, tell) else { return }
        await warnings(of: assembly, tell)
        if !isRunning {
            await devices(tell)
            await ports(tell)
        }
        await certificates(tell)
        files(tell)
        await persons(assembly.ledger, tell)
        await audience(assembly, tell)
        await missing(assembly.leftovers, tell)
    }

    /// Whoever wrote another name than before, and did not mean to.
    private func missing(_ leftovers: Leftovers, _ tell: (Finding) -> Void) async {
        for place in (try? await leftovers.missing()) ?? [] {
            tell(Finding("lines and endpoints", .warning, place.sentence, advice: "If its name was changed by mistake, change it back before that time."))
        }
    }

    private func audience(_ assembly: Assembly, _ tell: (Finding) -> Void) async {
        guard let subscribers = try? await assembly.ledger.subscribers(.all) else { return }
        for line in settings.lines.map(\.id) where !assembly.plan.reachesAnybody(line, subscribers: subscribers) {
            tell(
                Finding(
                    "line \(line)", .warning, "What comes in is brought to nobody: no person has the line and no endpoint serves it. The API shows it.",
                    advice: "homeline person add NAME --line \(line), or a webhook under endpoints."))
        }
    }

    /// What a kind wants its owner to know that did as they were told.
    private func warnings(of assembly: Assembly, _ tell: (Finding) -> Void) async {
        for endpoint in assembly.endpoints {
            if let warning = await endpoint.health().facts["warning"] { tell(Finding("endpoint \(endpoint.id)", .warning, warning)) }
        }
    }

    private func assemble(_ state: StateDirectory, _ tell: (Finding) -> Void) -> Assembly? {
        do {
            let assembly = try Assembly(settings, ledger: try LedgerAccess.open(state), state: state)
            tell(Finding("configuration", .good, "\(settings.lines.count) lines, \(settings.endpoints.count) endpoints; every key is understood."))
            return assembly
        } catch {
            tell(Finding("configuration", .bad, "\(error)", advice: "'homeline config example' explains every key."))
            return nil
        }
    }

    private func devices(_ tell: (Finding) -> Void) async {
        for line in settings.lines where line.kind == "modem" {
            var section = line.section
            guard let modem = try? ModemSettings(line: line.id, section: &section) else { continue }
            tell(await DeviceCheck.finding(line.id, modem))
        }
        if RunningProcess.names.contains("ModemManager") {
            tell(
                Finding(
                    "ModemManager", .warning, "ModemManager runs and takes every modem for itself for seconds at a time.",
                    advice: "Stop it (systemctl disable --now ModemManager), or give the device a udev rule with ENV{ID_MM_DEVICE_IGNORE}=\"1\"."))
        }
    }

    private func ports(_ tell: (Finding) -> Void) async {
        for sip in softphones() {
            for address in sip.agent.listen { tell(await PortCheck.finding("SIP \(address)", address)) }
        }
    }

    private func certificates(_ tell: (Finding) -> Void) async {
        let now = SystemClock().now()
        for certificate in ShownCertificate.all(settings) {
            if let word = ordered(certificate, now) {
                tell(word)
                continue
            }
            let finding = certificate.finding(now: now)
            let verdict: Finding.Verdict =
                switch finding.verdict {
                case .good: .good
                case .doubtful: .warning
                // One that has ended is shown all the same: what goes over it is no less encrypted.
                case .bad: finding.end == nil ? .bad : .warning
                }
            tell(Finding(certificate.place, verdict, finding.sentence, advice: finding.advice))
        }
    }

    /// What is to be said while an authority's first certificate, or our own, is yet to be made; nil where there is one.
    private func ordered(_ certificate: ShownCertificate, _ now: Instant) -> Finding? {
        guard certificate.files == settings.houseFiles else { return nil }
        let store = settings.certificateStore
        switch settings.certificates?.way {
        case .acme(let acme):
            guard store.chain(certificate.files)?.isSelfSigned ?? true else { return nil }
            if let failure = store.lastFailure { return Finding(certificate.place, .warning, failure.sentence, advice: failure.advice) }
            return Finding(certificate.place, .good, "The daemon orders one from \(acme.issuer.directory.host) by itself when it runs.")
        case .selfSigned:
            return store.chain(certificate.files) == nil ? Finding(certificate.place, .good, "The daemon makes a self-signed one when it starts.") : nil
        case .files, nil: return nil
        }
    }

    private func files(_ tell: (Finding) -> Void) {
        guard !softphones().isEmpty else { return }
        guard let url = settings.http.publicURL else {
            tell(
                Finding(
                    "files", .warning, "Nobody said how apps reach the HTTP listener, so files of picture messages cannot be brought to them.",
                    advice: "http: public-url: https://NAME:PORT, and the same with /files behind it as your apps' file transfer server"))
            return
        }
        let server = "\(url)".hasSuffix("/") ? "\(url)files" : "\(url)/files"
        tell(
            settings.http.listen == nil
                ? Finding("files", .warning, "http: listen: none leaves nobody at \(url).", advice: "http: listen: ADDRESS:PORT")
                : Finding("files", .good, "Apps leave and fetch files at \(server)."))
    }

    private func persons(_ ledger: any Ledger, _ tell: (Finding) -> Void) async {
        guard !softphones().isEmpty, let persons = try? await ledger.persons() else { return }
        tell(
            persons.isEmpty
                ? Finding("persons", .warning, "Nobody has a SIP account yet.", advice: "homeline person add NAME")
                : Finding("persons", .good, "\(persons.count) people have SIP accounts."))
    }

    private func softphones() -> [SoftphoneSettings] {
        settings.endpoints.filter { $0.kind == "softphone" }.compactMap { endpoint in
            var section = endpoint.section
            return try? SoftphoneSettings(&section, certificate: settings.houseFiles)
        }
    }
}
