import Exchange
import Telephony

/// What the router is set to, and how it is.
extension HiLinkTrunk {
    /// Rounds between looks at the network and the SIM.
    static let roundsBetweenLooks = 6

    /// Once after each time the router was away: who it is, and what the owner wants it to be set to.
    func setUp() async throws(RouterTrouble) {
        try await identify()
        status.sim = try await readySIM()
        try await setReports()
        try await setMobileData()
        round = 0
        isSetUp = true
    }

    private func identify() async throws(RouterTrouble) {
        guard let device = try await ask("api/device/information") else { return }
        status.model = device.text("DeviceName")
        status.firmware = device.text("SoftwareVersion")
        status.facts.imei = device.text("Imei")
        status.facts.imsi = device.text("Imsi")
        status.facts.iccid = device.text("Iccid")
        status.facts.number = device.text("Msisdn").flatMap { environment.numbers.normalise($0) }.flatMap { $0.isDialable ? $0.text : nil }
        facts.note(imsi: status.facts.imsi)
    }

    /// Nil where this router cannot tell.
    func ask(_ path: String) async throws(RouterTrouble) -> Element? {
        do {
            return try await link.get(path)
        } catch {
            guard case .error(let refusal) = error else { throw error }
            switch refusal.meaning {
            case .notSupported, .loginNeeded, .badRequest, .simCard, .other: return nil
            default: throw error
            }
        }
    }

    func watch() async throws(RouterTrouble) {
        guard round.isMultiple(of: Self.roundsBetweenLooks) else { return }
        let couldSend = status.canSend
        if status.sim != nil { status.sim = try await readySIM() }
        await tellOfSIM()
        // A SIM that waits for its PIN does not say which it is, nor one that was only just put in.
        if status.facts.imsi == nil, status.sim == nil { try await identify() }
        guard let state = try await ask("api/monitoring/status") else { return }
        status.network = NetworkState(state, signal: try await ask("api/device/signal"))
        let network = try await ask("api/net/current-plmn")
        if let name = network?.text("FullName") ?? network?.text("ShortName"), name != status.facts.carrier {
            status.facts.carrier = name
            if status.phase == .serving { await tellFacts() }
        }
        if !couldSend, status.canSend { returnOwed.owe() }
    }

    private func tellOfSIM() async {
        if let obstacle = status.sim {
            await environment.notices.tell(line, topic: Self.simTopic, obstacle.sentence)
        } else {
            await environment.notices.clear(line, topic: Self.simTopic, "The SIM is ready.")
        }
    }

    /// The other fields of `sms/config` go back as they came.
    private func setReports() async throws(RouterTrouble) {
        guard let reports = settings.reports, let held = try await ask("api/sms/config") else { return }
        let wanted = reports == .wanted ? "1" : "0"
        guard held.text("UseSReport") != wanted else { return }
        let names = ["SaveMode", "Validity", "Sca", "UseSReport", "SendType", "Priority"]
        let fields = names.compactMap { name -> RequestBody.Field? in
            name == "UseSReport" ? .text(name, wanted) : held[name].map { .text(name, $0.trimmed) }
        }
        _ = try await tell("api/sms/config", fields)
    }

    private func setMobileData() async throws(RouterTrouble) {
        guard let wanted = settings.mobileData, let held = try await ask("api/dialup/mobile-dataswitch"),
            held.number("dataswitch") != wanted.rawValue
        else { return }
        _ = try await tell("api/dialup/mobile-dataswitch", [.text("dataswitch", "\(wanted.rawValue)")])
    }

    /// Nil where the router refused: a setting that it does not take keeps nobody from texting.
    private func tell(_ path: String, _ fields: [RequestBody.Field]) async throws(RouterTrouble) -> Element? {
        do {
            return try await link.post(path, fields)
        } catch {
            guard case .error(let refusal) = error else { throw error }
            logger.warning("the router did not take a setting", metadata: ["setting": "\(path)", "reason": "\(refusal.sentence)"])
            return nil
        }
    }
}
