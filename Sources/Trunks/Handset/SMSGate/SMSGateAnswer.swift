import HTTPStack
import Telephony

/// What was answered to a message to be sent.
struct SMSGateAnswer: Sendable {
    let verdict: PeerVerdict

    init(_ answer: OutgoingAnswer, _ reference: SMSGateReference) {
        switch answer.status {
        // Who knows a repetition by its name is asked again until it is SMS Gate that answers.
        case 200..<300 where !answer.isObject: verdict = .later(Failure(.unreachable, "what answers is not SMS Gate; look at url"))
        // 409: it has a message of this name already, and so it is this one.
        case 200..<300, 409: verdict = .taken(reference: reference.description)
        default:
            let words = answer.document["message"]?.text ?? ""
            let refusal = PeerVerdict(refusal: answer, says: words)
            // The setting is wrong, not the message.
            let isAboutDevice = words.lowercased().contains("device")
            if case .never(let failure) = refusal, isAboutDevice { verdict = .later(failure) } else { verdict = refusal }
        }
    }
}
