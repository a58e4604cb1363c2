extension SignalReading {
    /// The reading in an answer: of one line, or Sierra's `!GSTATUS`, which spreads it over several. Nil when there is none.
    public init?(lines: [String]) {
        if let reading = lines.lazy.compactMap({ SignalReading(line: $0) }).first(where: { $0.strength != nil }) {
            self = reading
        } else if lines.contains(where: { $0.hasPrefix("!GSTATUS:") }) {
            self.init(sierra: lines)
        } else {
            return nil
        }
    }

    /// Pairs of a name and a value, two a line; of two receivers the main one comes first. Powers that are not negative were not measured.
    private init(sierra lines: [String]) {
        self.init(
            rssi: (Self.value("PCC RxM RSSI:", in: lines) ?? Self.value("RSSI (dBm):", in: lines)).flatMap { $0 < 0 ? $0 : nil },
            rsrp: Self.value("RSRP (dBm):", in: lines).flatMap { $0 < 0 ? $0 : nil }, rsrq: Self.value("RSRQ (dB):", in: lines),
            sinr: Self.value("SINR (dB):", in: lines))
    }

    private static func value(_ name: String, in lines: [String]) -> Double? {
        for line in lines {
            guard let place = line.utf8.firstRange(of: name.utf8) else { continue }
            let digits = line.utf8[place.upperBound...].drop { $0 == 0x20 || $0 == 0x09 }.prefix { (0x2D...0x2E).contains($0) || (0x30...0x39).contains($0) }
            return Double(String(decoding: digits, as: UTF8.self))
        }
        return nil
    }
}
