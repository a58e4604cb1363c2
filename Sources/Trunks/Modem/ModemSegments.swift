import Exchange
import Messaging
import SMS
import Telephony

/// Composes what a line's modem is to submit.
struct ModemSegments: Sendable {
    private let numbers: NumberPlan
    private let premium: PremiumNumbers
    private let composer: SMSComposer

    init(numbers: NumberPlan, settings: ModemSettings) {
        self.numbers = numbers
        premium = settings.premium
        composer = SMSComposer(validity: .seconds(86400), reports: settings.reports)
    }

    /// See `ComposeSegments`. The service centre is left to the SIM: the setting goes there.
    @Sendable func compose(_ claim: Claim) throws(Failure) -> [[UInt8]] {
        guard case .trunk(_, let recipients) = claim.delivery.destination else { throw Failure(.refused, "this is not for a carrier") }
        switch TransportPlan(claim.message, to: recipients, numbers: numbers, premium: premium) {
        case .refused(let failure):
            throw failure
        case .multimedia:
            throw Failure(.refused, "this is no text")
        case .shortMessage(let text, let recipient):
            return try composer.compose(text, to: recipient, messageNumber: claim.messageNumber).map { ModemPDU(.submit($0)).encode().octets }
        }
    }
}
