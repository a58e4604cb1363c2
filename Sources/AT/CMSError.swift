/// A message service failure (TS 27.005 §3.2.5): 1…127 an RP cause, 128…255 a TP failure cause, from 300 the modem's own.
public struct CMSError: Error, Hashable, Sendable {
    /// The number; nil when the modem gave words that no table knows.
    public let code: Int?
    /// What the modem wrote.
    public let text: String

    public init(_ code: Int) {
        self.code = code
        self.text = "\(code)"
    }

    /// From what follows `+CMS ERROR:`.
    public init(text: String) {
        self.text = text
        self.code = Int(text) ?? Self.codes[text.folded]
    }

    /// The standards' words for it (TS 24.011 §E.2, TS 23.040 §9.2.3.22, TS 27.005 §3.2.5).
    public var meaning: String {
        code.flatMap { Self.meanings[$0] } ?? "unknown error \(text)"
    }

    private static let codes: [String: Int] = Dictionary(
        meanings.sorted { $0.key < $1.key }.map { ($0.value.folded, $0.key) }, uniquingKeysWith: { first, _ in first })

    static let meanings: [Int: String] = [
        1: "unassigned number", 8: "operator determined barring", 10: "call barred", 21: "short message transfer rejected",
        27: "destination out of service", 28: "unidentified subscriber", 29: "facility rejected", 30: "unknown subscriber",
        38: "network out of order", 41: "temporary failure", 42: "congestion", 47: "resources unavailable",
        50: "requested facility not subscribed", 69: "requested facility not implemented", 81: "invalid short message reference",
        95: "invalid message", 96: "invalid mandatory information", 97: "message type not implemented",
        98: "message not compatible with protocol state", 99: "information element not implemented", 111: "protocol error",
        127: "interworking error", 128: "telematic interworking not supported", 129: "short message type 0 not supported",
        130: "cannot replace short message", 143: "unspecified TP-PID error", 144: "alphabet not supported",
        145: "message class not supported", 159: "unspecified TP-DCS error", 160: "command cannot be actioned",
        161: "command unsupported", 175: "unspecified TP-command error", 176: "TPDU not supported", 192: "service centre busy",
        193: "no service centre subscription", 194: "service centre system failure", 195: "invalid SME address",
        196: "destination SME barred", 197: "SM rejected, duplicate SM", 198: "TP-VPF not supported", 199: "TP-VP not supported",
        208: "SIM SMS storage full", 209: "no SMS storage capability in SIM", 210: "error in MS", 211: "memory capacity exceeded",
        212: "SIM application toolkit busy", 213: "SIM data download error", 255: "unspecified error cause", 300: "ME failure",
        301: "SMS service of ME reserved", 302: "operation not allowed", 303: "operation not supported",
        304: "invalid PDU mode parameter", 305: "invalid text mode parameter", 310: "SIM not inserted", 311: "SIM PIN required",
        312: "PH-SIM PIN required", 313: "SIM failure", 314: "SIM busy", 315: "SIM wrong", 316: "SIM PUK required",
        317: "SIM PIN2 required", 318: "SIM PUK2 required", 320: "memory failure", 321: "invalid memory index", 322: "memory full",
        330: "SMSC address unknown", 331: "no network service", 332: "network timeout", 340: "no +CNMA acknowledgement expected",
        500: "unknown error", 512: "unspecified error of the maker",
    ]
}
