import Telephony

/// What `gsm show` says of a span.
struct YeastarStatus: Sendable {
    private let status: String
    private let network: String?
    private let signal: String?

    init(_ packet: ManagerPacket) {
        status = packet["Status"] ?? ""
        network = packet["Network Name"]
        signal = packet.lines.first { $0.lowercased().hasPrefix("signal quality") }.flatMap { $0.split(separator: ":").last }.map { $0.filter(\.isNumber) }
    }

    func health(host: String) -> Health {
        var facts: [String: String] = [:]
        if let network { facts["operator"] = network }
        // In the steps of AT+CSQ (TS 27.007 §8.5).
        if let signal = signal.flatMap({ Int($0) }), (0...31).contains(signal) { facts["signal"] = String(signal * 2 - 113) }
        if status.lowercased().contains("undetected sim") { return Health(.impaired, "The gateway at \(host) finds no SIM in this port.", facts: facts) }
        if !status.isEmpty, !status.contains("Up") { return Health(.impaired, "The port of the gateway at \(host) is not in a network: \(status).", facts: facts) }
        return Health(.working, "The gateway at \(host) is there.", facts: facts)
    }
}
