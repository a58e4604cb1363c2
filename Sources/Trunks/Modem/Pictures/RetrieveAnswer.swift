import Exchange
import MMS
import Telephony

/// What an MMSC gave where a message should be (M-Retrieve.conf, OMA-TS-MMS_ENC 1.3 §6.3).
struct RetrieveAnswer {
    let outcome: RetrievalOutcome
    /// Whether the content ends before its lengths say: the connection broke, or the sender counted wrong.
    private(set) var isCut = false

    /// What does not read is kept all the same: it may be read when more is known.
    init(_ octets: [UInt8]) {
        guard let pdu = try? PDU(decoding: octets), case .retrieveConfirmation(let message) = pdu else {
            outcome = .retrieved(octets)
            return
        }
        isCut = message.body?.irregularities.contains(.truncated) == true
        guard message.body == nil, let status = message.retrieveStatus, status != .ok else {
            outcome = .retrieved(octets)
            return
        }
        let failure = Failure(.mms(Int(status.rawValue)), String((message.retrieveText ?? "").prefix(200)))
        outcome = status == .permanentMessageNotFound ? .gone(failure) : status.isPermanent ? .failed(failure) : .deferred(failure, until: nil)
    }
}
