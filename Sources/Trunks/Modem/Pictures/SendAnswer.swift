import MMS
import Telephony

/// What an MMSC answered to M-Send.req (M-Send.conf, OMA-TS-MMS_ENC 1.3 §6.1.2).
enum SendAnswer: Hashable, Sendable {
    /// Its name for the message, by which it reports; empty where it gave none.
    case taken(reference: String)
    case refused(Failure)
    /// It answered, and nobody can tell what.
    case unreadable(String)

    init(_ octets: [UInt8]) {
        guard let pdu = try? PDU(decoding: octets), case .sendConfirmation(let confirmation) = pdu else {
            self = .unreadable("the message centre's answer of \(octets.count) octets does not read")
            return
        }
        switch confirmation.responseStatus {
        // With a partial success some recipients have it: another try would double theirs.
        case .ok, .transientPartialSuccess:
            self = .taken(reference: confirmation.messageID ?? "")
        default:
            self = .refused(Failure(.mms(Int(confirmation.responseStatus.rawValue)), String((confirmation.responseText ?? "").prefix(200))))
        }
    }
}
