import AT
import Exchange
import Telephony

/// What is known of a modem now, and the words for it.
struct ModemStatus: Sendable {
    enum Phase: Equatable, Sendable {
        /// Looked for, or being opened; the sentence says what stands in the way, nil the first time.
        case absent(String?)
        case starting
        case blocked(Obstacle)
        case serving
    }

    var phase = Phase.absent(nil)
    var place: String?
    var profile: String?
    var manufacturer: String?
    var model: String?
    var revision: String?
    var facts = LineFacts()
    var serviceCentre: String?
    var circuit: Registration?
    var packet: Registration?
    var evolved: Registration?
    var signal: SignalReading?
    var storage: StorageUse?
    /// The ledger refused what the modem holds.
    var ledgerTrouble: String?
    /// Seconds that the modem's clock is ahead of ours.
    var clockOffset: Int64?
    /// Wrong PINs that the SIM still bears; nil where it does not tell.
    var pinTries: Int?
    /// How often the modem started anew, by itself or because it was told to.
    var restarts = 0

    /// The registration that carries messages, else the one that says most.
    var registration: Registration? {
        let all = [evolved, circuit, packet].compactMap { $0 }
        return all.first { $0.status.carriesMessages } ?? all.first { $0.status == .searching || $0.status == .denied || $0.status == .emergencyOnly }
            ?? all.first
    }

    /// Whether the network takes messages, as far as we know: some modems tell no registration at all.
    var canSend: Bool {
        phase == .serving && (registration?.status.carriesMessages ?? true)
    }

    func health(of address: ModemAddress) -> Health {
        let (state, summary) = verdict(address)
        var named: [String: String] = [:]
        named["device"] = place
        named["model"] = [manufacturer, model].compactMap { $0 }.joined(separator: " ").nonEmpty
        named["firmware"] = revision
        named["profile"] = profile
        named["imei"] = facts.imei
        named["iccid"] = facts.iccid
        named["number"] = facts.number
        named["operator"] = facts.carrier
        named["serviceCentre"] = serviceCentre
        named["registration"] = registration.map(Self.words)
        named["technology"] = registration?.technology?.name
        named["signal"] = signal?.strength.flatMap { Int(exactly: $0.rounded()) }.map { "\($0) dBm" }
        named["storage"] = storage.map { "\($0.used) of \($0.total)" }
        named["restarts"] = "\(restarts)"
        named["clockOffset"] = clockOffset.map { "\($0) s" }
        return Health(state, summary, facts: named)
    }

    private func verdict(_ address: ModemAddress) -> (Health.State, String) {
        switch phase {
        case .absent(nil):
            return (.starting, "Looking for \(address).")
        case .absent(let reason?):
            return (.down, "The modem cannot be reached: \(reason).")
        case .starting:
            return (.starting, "The modem is being set up.")
        case .blocked(let obstacle):
            return (.down, obstacle.sentence)
        case .serving:
            if let ledgerTrouble { return (.impaired, "Texts stay in the modem: \(ledgerTrouble).") }
            if storage?.isFull == true { return (.impaired, "The modem's message storage is full: new texts wait in the network.") }
            return serving()
        }
    }

    private func serving() -> (Health.State, String) {
        let name = facts.carrier.map { " (\($0))" } ?? ""
        guard let registration else { return (.working, "Ready\(name); the modem does not tell its registration.") }
        switch registration.status {
        case .home, .smsOnlyHome: return (.working, "Registered at home\(name).")
        case .roaming, .smsOnlyRoaming: return (.working, "Registered, roaming\(name).")
        case .searching, .idle, .unknown, .other: return (.impaired, "Searching for a network. Check the antenna and the place.")
        case .denied: return (.impaired, "The network refuses this SIM. Is it active and paid for?")
        case .emergencyOnly: return (.impaired, "Emergency calls only: no network takes this SIM here.")
        }
    }

    private static func words(_ registration: Registration) -> String {
        switch registration.status {
        case .idle: "not registered"
        case .home: "home"
        case .searching: "searching"
        case .denied: "denied"
        case .unknown: "unknown"
        case .roaming: "roaming"
        case .smsOnlyHome: "home, texts only"
        case .smsOnlyRoaming: "roaming, texts only"
        case .emergencyOnly: "emergency calls only"
        case .other(let code): "state \(code)"
        }
    }
}

extension String {
    /// Nil when empty.
    var nonEmpty: String? { isEmpty ? nil : self }
}
