import HTTPStack
import Telephony

/// What was answered to a message to be sent.
struct HTTPSMSAnswer: Sendable {
    let verdict: PeerVerdict

    init(_ answer: OutgoingAnswer) {
        let document = answer.document
        if (200..<300).contains(answer.status) {
            // A name for the message is needed to match what becomes of it; the server always gives one.
            let name = document["data"]?["id"]?.text ?? ""
            verdict = name.isEmpty ? .strange(answer) : .taken(reference: String(name.prefix(64)))
            return
        }
        let refusal = PeerVerdict(refusal: answer, says: Self.words(document))
        switch refusal {
        // The account is used up for this month, or the phone is not known: the owner can put that right.
        case .never(let failure) where answer.status == 402 || document["data"]?["from"] != nil: verdict = .later(failure)
        case .taken, .later, .never, .unclear: verdict = refusal
        }
    }

    /// The complaint about a field, else what it says of the whole.
    private static func words(_ document: JSON) -> String {
        if case .object(let fields)? = document["data"], let first = fields.first?.value.elements?.first?.text { return first }
        return document["message"]?.text ?? ""
    }
}
