import HTTPStack
import Telephony

/// What the phone answered to `/send_sms` and `/send_mms`.
struct FossifyAnswer: Sendable {
    let verdict: PeerVerdict

    init(_ answer: OutgoingAnswer) {
        let document = answer.document
        guard answer.status == 200 else {
            // An error's text is not always written as JSON wants it.
            verdict = PeerVerdict(refusal: answer, says: document["error"]?.text ?? "the phone's app says why in its log")
            return
        }
        guard answer.isObject else {
            verdict = .strange(answer)
            return
        }
        // "sent" is what it says when the radio has it; its name for that is the phone's clock.
        let reference = document["id"]?.text ?? document["id"]?.wholeNumber.map(String.init) ?? "sent"
        verdict = .taken(reference: String(reference.prefix(64)))
    }
}
