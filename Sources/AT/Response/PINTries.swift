/// How many wrong codes the SIM still takes.
public struct PINTries: Equatable, Sendable {
    public var pin: Int
    public var puk: Int?

    public init(pin: Int, puk: Int? = nil) {
        self.pin = pin
        self.puk = puk
    }

    /// How a make tells them; the standard's own `+CPINR` is the youngest.
    public enum Form: Equatable, Sendable {
        /// `+CPINR: SIM PIN,3,3` a line a code (TS 27.007 §8.65).
        case standard
        /// `^CPIN: state,times,puk,pin,puk2,pin2`.
        case huawei
        /// `+QPINC: "SC",pin,puk`.
        case quectel
        /// Prefix, then the PIN's tries first; the PUK's at this place.
        case list(prefix: String, pukAt: Int)
    }

    /// Nil when the lines hold no such number.
    public init?(lines: [String], form: Form) {
        switch form {
        case .standard:
            let counters = lines.compactMap { Parameters($0, after: "+CPINR:") }
            guard let pin = Self.counter("SIM PIN", in: counters) else { return nil }
            self.init(pin: pin, puk: Self.counter("SIM PUK", in: counters))
        case .huawei:
            guard let values = lines.lazy.compactMap({ Parameters($0, after: "^CPIN:") }).first, let pin = values.int(3) else { return nil }
            self.init(pin: pin, puk: values.int(2))
        case .quectel:
            let counters = lines.compactMap { Parameters($0, after: "+QPINC:") }
            guard let values = counters.first(where: { $0.text(0) == "SC" }), let pin = values.int(1) else { return nil }
            self.init(pin: pin, puk: values.int(2))
        case .list(let prefix, let pukAt):
            guard let values = lines.lazy.compactMap({ Parameters($0, after: prefix) }).first, let pin = values.int(0) else { return nil }
            self.init(pin: pin, puk: values.int(pukAt))
        }
    }

    private static func counter(_ code: String, in counters: [Parameters]) -> Int? {
        counters.first { $0.text(0) == code }?.int(1)
    }
}
