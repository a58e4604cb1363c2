/// A mobile equipment error (TS 27.007 §9.2), from its number or its words.
public struct CMEError: Error, Hashable, Sendable {
    /// The number; nil when the modem gave words that no table knows.
    public let code: Int?
    /// What the modem wrote.
    public let text: String

    public init(_ code: Int) {
        self.code = code
        self.text = "\(code)"
    }

    /// From what follows `+CME ERROR:`.
    public init(text: String) {
        self.text = text
        self.code = Int(text) ?? Self.codes[text.folded]
    }

    /// The standard's words for it.
    public var meaning: String {
        code.flatMap { Self.meanings[$0] } ?? "unknown error \(text)"
    }

    private static let codes: [String: Int] = Dictionary(
        meanings.sorted { $0.key < $1.key }.map { ($0.value.folded, $0.key) }, uniquingKeysWith: { first, _ in first })

    static let meanings: [Int: String] = [
        0: "phone failure", 1: "no connection to phone", 2: "phone-adaptor link reserved", 3: "operation not allowed",
        4: "operation not supported", 5: "PH-SIM PIN required", 6: "PH-FSIM PIN required", 7: "PH-FSIM PUK required",
        10: "SIM not inserted", 11: "SIM PIN required", 12: "SIM PUK required", 13: "SIM failure", 14: "SIM busy", 15: "SIM wrong",
        16: "incorrect password", 17: "SIM PIN2 required", 18: "SIM PUK2 required", 20: "memory full", 21: "invalid index",
        22: "not found", 23: "memory failure", 24: "text string too long", 25: "invalid characters in text string",
        26: "dial string too long", 27: "invalid characters in dial string", 30: "no network service", 31: "network timeout",
        32: "network not allowed - emergency calls only", 40: "network personalization PIN required",
        41: "network personalization PUK required", 42: "network subset personalization PIN required",
        43: "network subset personalization PUK required", 44: "service provider personalization PIN required",
        45: "service provider personalization PUK required", 46: "corporate personalization PIN required",
        47: "corporate personalization PUK required", 48: "hidden key required", 49: "EAP method not supported",
        50: "incorrect parameters", 51: "command implemented but currently disabled", 52: "command aborted by user",
        53: "not attached to network due to MT functionality restrictions", 54: "modem not allowed - emergency calls only",
        55: "operation not allowed because of MT functionality restrictions", 56: "fixed dial number only allowed",
        57: "temporarily out of service due to other MT usage", 58: "language or alphabet not supported",
        59: "unexpected data value", 60: "system failure", 61: "data missing", 62: "call barred", 63: "message waiting indication failure",
        100: "unknown", 102: "IMSI unknown in HLR", 103: "illegal MS", 106: "illegal ME", 107: "GPRS services not allowed",
        111: "PLMN not allowed", 112: "location area not allowed", 113: "roaming not allowed in this location area",
        126: "insufficient resources", 127: "missing or unknown APN", 128: "unknown PDP address or type",
        129: "user authentication failed", 130: "activation rejected by GGSN", 131: "activation rejected, unspecified",
        132: "service option not supported", 133: "requested service option not subscribed",
        134: "service option temporarily out of order", 148: "unspecified GPRS error", 149: "PDP authentication failure",
        150: "invalid mobile class",
    ]
}
