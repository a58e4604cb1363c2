/// Signal strength, in the terms the radio technology gives: dBm and dB, nil where unknown.
public struct SignalReading: Equatable, Sendable {
    /// Received signal strength, dBm.
    public var rssi: Double?
    /// UMTS pilot power, dBm, and its ratio to the noise, dB.
    public var rscp: Double?
    public var ecio: Double?
    /// LTE reference signal power, dBm, its quality and its ratio to the noise, dB.
    public var rsrp: Double?
    public var rsrq: Double?
    public var sinr: Double?

    public init(
        rssi: Double? = nil, rscp: Double? = nil, ecio: Double? = nil, rsrp: Double? = nil, rsrq: Double? = nil, sinr: Double? = nil
    ) {
        self.rssi = Self.power(rssi)
        self.rscp = Self.power(rscp)
        self.ecio = Self.ratio(ecio)
        self.rsrp = Self.power(rsrp)
        self.rsrq = Self.ratio(rsrq)
        self.sinr = Self.ratio(sinr)
    }

    /// Modems write any number, and what is none, for what they did not measure: what no receiver can measure was not.
    private static func power(_ value: Double?) -> Double? { value.flatMap { (-200...0).contains($0) ? $0 : nil } }
    private static func ratio(_ value: Double?) -> Double? { value.flatMap { (-100...100).contains($0) ? $0 : nil } }

    /// The one figure to show, dBm.
    public var strength: Double? { rssi ?? rsrp ?? rscp }

    /// From any of the forms below; nil when the line is none of them.
    public init?(line: String) {
        if let values = Parameters(line, after: "+CSQ:") {
            self.init(rssi: Self.rssi(values.int(0)))
        } else if let content = line.content(after: "^RSSI:") {
            self.init(rssi: Self.rssi(Int(content)))
        } else if let values = Parameters(line, after: "+QIND:"), values.text(0) == "csq" {
            self.init(rssi: Self.rssi(values.int(1)))
        } else if let values = Parameters(line, after: "+CESQ:") {
            self.init(extended: values)
        } else if let values = Parameters(line, after: "^HCSQ:") {
            self.init(huawei: values)
        } else if let values = Parameters(line, after: "+QCSQ:") {
            self.init(quectel: values)
        } else if let values = Parameters(line, after: "+CPSI:") {
            self.init(simcom: values)
        } else if let values = Parameters(line, after: "+ZRSSI:") {
            self.init(zte: values)
        } else {
            return nil
        }
    }

    /// `+CSQ` scale (TS 27.007 §8.5): 0…31 in steps of 2 dB from -113 dBm.
    static func rssi(_ value: Int?) -> Double? {
        scaled(value, 0...31) { -113 + 2 * $0 }
    }

    private static func scaled(_ value: Int?, _ range: ClosedRange<Int>, _ scale: (Double) -> Double) -> Double? {
        guard let value, range.contains(value) else { return nil }
        return scale(Double(value))
    }

    /// `+CESQ: rxlev,ber,rscp,ecno,rsrq,rsrp` (TS 27.007 §8.69).
    private init(extended values: Parameters) {
        self.init(
            rssi: Self.scaled(values.int(0), 0...63) { -111 + $0 }, rscp: Self.scaled(values.int(2), 0...96) { -121 + $0 },
            ecio: Self.scaled(values.int(3), 0...49) { -24.5 + $0 / 2 }, rsrp: Self.scaled(values.int(5), 0...97) { -141 + $0 },
            rsrq: Self.scaled(values.int(4), 0...34) { -20 + $0 / 2 })
    }

    /// Huawei `^HCSQ: "LTE",rssi,rsrp,sinr,rsrq` or `"WCDMA",rssi,rscp,ecio` or `"GSM",rssi`; 255 unknown.
    private init(huawei values: Parameters) {
        self.init(rssi: Self.scaled(values.int(1), 0...96) { -121 + $0 })
        switch values.text(0) {
        case "LTE":
            rsrp = Self.scaled(values.int(2), 0...97) { -141 + $0 }
            sinr = Self.scaled(values.int(3), 0...251) { -20.2 + $0 / 5 }
            rsrq = Self.scaled(values.int(4), 0...34) { -20 + $0 / 2 }
        case "WCDMA":
            rscp = Self.scaled(values.int(2), 0...96) { -121 + $0 }
            ecio = Self.scaled(values.int(3), 0...65) { -32.5 + $0 / 2 }
        default:
            break
        }
    }

    /// Quectel `+QCSQ: "LTE",rssi,rsrp,sinr,rsrq` or `"WCDMA",rssi,rscp,ecio`, in dBm; the SINR in fifths of a dB from -20.
    private init(quectel values: Parameters) {
        let numbers = (1...4).map { values.int($0).map(Double.init) }
        switch values.text(0) {
        case "LTE", "CAT-M1", "CAT-NB1", "eMTC", "NBIoT":
            self.init(rssi: numbers[0], rsrp: numbers[1], rsrq: numbers[3], sinr: Self.scaled(values.int(3), 0...250) { -20 + $0 / 5 })
        case "WCDMA":
            self.init(rssi: numbers[0], rscp: numbers[1], ecio: numbers[2])
        default:
            self.init(rssi: numbers[0])
        }
    }

    /// ZTE `+ZRSSI: rsrp,rsrq,rssi,sinr` in dBm and dB on LTE; on older sticks `rssi,ecio,rscp` without their minus, the latter two doubled, 1000 unknown.
    private init(zte values: Parameters) {
        let numbers = values.values.map { Double($0.text) }
        if numbers.count >= 4 {
            self.init(rssi: numbers[2], rsrp: numbers[0], rsrq: numbers[1], sinr: numbers[3])
        } else {
            let known = numbers.map { $0.flatMap { (1..<1000).contains($0) ? $0 : nil } } + [nil, nil, nil]
            self.init(rssi: known[0].map { -$0 }, rscp: known[2].map { -$0 / 2 }, ecio: known[1].map { -$0 / 2 })
        }
    }

    /// SIMCom `+CPSI: LTE,…,rsrq,rsrp,rssi,snr` in tenths of a dB, or `GSM,…,rssi` in dBm.
    private init(simcom values: Parameters) {
        switch values.text(0) {
        case "LTE" where values.count >= 13:
            let tenths = (10...12).map { place in values.int(place).map { Double($0) / 10 } }
            self.init(rssi: tenths[2], rsrp: tenths[1], rsrq: tenths[0])
        case "GSM":
            self.init(rssi: values.int(6).map(Double.init))
        default:
            self.init()
        }
    }
}
