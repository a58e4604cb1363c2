/// A number as the SIM stores it: the service centre's (`+CSCA?`, TS 27.005 §3.3.1) or our own (`+CNUM`, TS 27.007 §7.1).
public struct PhoneNumber: Equatable, Sendable {
    /// Digits, with `+` when international.
    public var digits: String
    /// Type of address (TS 24.008 §10.5.4.7).
    public var type: Int?

    public init(digits: String, type: Int? = nil) {
        self.digits = digits
        self.type = type
    }

    /// Nil when none is stored.
    public init?(serviceCentre line: String) {
        guard let values = Parameters(line, after: "+CSCA:") else { return nil }
        self.init(values.text(0), type: values.int(1))
    }

    /// Nil when the SIM holds none, as is usual.
    public init?(own line: String) {
        guard let values = Parameters(line, after: "+CNUM:") ?? Parameters(line, after: "ERROR+CNUM:") else { return nil }
        self.init(values.text(1), type: values.int(2))
    }

    private init?(_ raw: String?, type: Int?) {
        guard let raw else { return nil }
        let decoded = UCS2Digits.decode(raw).flatMap { $0.utf8.allSatisfy { (0x23...0x39).contains($0) } ? $0 : nil }
        var digits = (decoded ?? raw).filter { $0 != " " && $0 != "-" }
        guard digits.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        if type == 145, !digits.hasPrefix("+") { digits = "+" + digits }
        self.init(digits: digits, type: type)
    }
}
