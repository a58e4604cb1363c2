import Exchange
import Telephony

/// What is known of a router now, and the words for it.
struct RouterStatus: Sendable {
    enum Phase: Hashable, Sendable {
        case starting
        case absent(String)
        case blocked(Obstacle)
        case serving
    }

    var phase = Phase.starting
    var model: String?
    var firmware: String?
    var facts = LineFacts()
    var network = NetworkState()
    /// What stands between the SIM and its service; nil when nothing does.
    var sim: Obstacle?
    var counts: BoxCounts?
    /// The ledger refused what the router holds.
    var ledgerTrouble: String?

    var isAbsent: Bool { if case .absent = phase { true } else { false } }

    /// Whether the network takes texts, as far as the router tells.
    var canSend: Bool { phase == .serving && sim == nil && network.service != .none }

    func health(of host: String) -> Health {
        let (state, summary) = verdict(host)
        var named: [String: String] = [:]
        named["device"] = host
        named["model"] = model
        named["firmware"] = firmware
        named["imei"] = facts.imei
        named["iccid"] = facts.iccid
        named["number"] = facts.number
        named["operator"] = facts.carrier
        named["registration"] = network.words
        named["technology"] = network.technology
        named["signal"] = network.signal.map { "\($0) dBm" }
        named["storage"] = counts.flatMap { counts in counts.room.map { "\(counts.used) of \($0)" } }
        return Health(state, summary, facts: named)
    }

    private func verdict(_ host: String) -> (Health.State, String) {
        switch phase {
        case .starting: return (.starting, "The router at \(host) is being asked.")
        case .absent(let reason): return (.down, "The router at \(host) does not serve. \(reason)")
        case .blocked(let obstacle): return (.down, obstacle.sentence)
        case .serving: break
        }
        if let sim { return (.down, sim.sentence) }
        if let ledgerTrouble { return (.impaired, "Texts stay in the router: \(ledgerTrouble).") }
        if counts?.isFull == true { return (.impaired, "The router's message store is full: new texts wait in the network.") }
        let name = facts.carrier.map { " (\($0))" } ?? ""
        return switch network.service {
        case .available: (.working, network.isRoaming ? "Registered, roaming\(name)." : "Registered\(name).")
        case .none: (.impaired, "The router finds no network. Check the antenna, the place and the SIM.")
        case .unknown: (.working, "Ready\(name); the router does not tell its registration.")
        }
    }
}
