/// What a router says of its network (`monitoring/status`, `device/signal`).
struct NetworkState: Hashable, Sendable {
    enum Service: Hashable, Sendable {
        case available, none, unknown
    }

    var service = Service.unknown
    var isRoaming = false
    var technology: String?
    /// dBm: RSRP, or RSSI before LTE.
    var signal: Int?

    init() {}

    init(_ status: Element, signal: Element?) {
        service = switch status.number("ServiceStatus") {
        case 2?: .available
        case nil: .unknown
        default: .none
        }
        isRoaming = status.number("RoamingStatus") == 1
        technology = (status.number("CurrentNetworkTypeEx") ?? status.number("CurrentNetworkType")).flatMap(Self.name)
        self.signal = signal.flatMap { Self.decibels($0.text("rsrp")) ?? Self.decibels($0.text("rssi")) }
    }

    var words: String? {
        switch service {
        case .available: isRoaming ? "roaming" : "home"
        case .none: "not registered"
        case .unknown: nil
        }
    }

    /// `-95dBm`, `>=-51dBm`.
    static func decibels(_ text: String?) -> Int? {
        guard let text, let sign = text.firstIndex(where: { $0 == "-" || $0.isNumber }) else { return nil }
        let number = text[sign...].prefix { $0 == "-" || ("0"..."9").contains($0) }
        return Int(number).flatMap { (-200...0).contains($0) ? $0 : nil }
    }

    private static func name(_ type: Int) -> String? {
        switch type {
        case 1, 2, 3, 13: "GSM"
        case 4...9, 17, 18, 41...46, 61...65: "UMTS"
        case 19, 101, 1011: "LTE"
        case 111: "NR"
        default: nil
        }
    }
}
