import SMS
import Telephony

extension DeliveryReport {
    /// What a status report says (TS 23.040 §9.2.2.3).
    init(_ report: StatusReport, numbers: NumberPlan, receivedAt: Instant) {
        self.init(
            reference: String(report.messageReference), recipient: numbers.interpret(report.recipientAddress),
            fate: Fate(report.status), at: report.dischargeTime.instant(plausibleAt: receivedAt),
            submittedAt: report.serviceCentreTimestamp.instant(plausibleAt: receivedAt))
    }
}

extension DeliveryReport.Fate {
    /// Reserved codes and those of one service centre's own claim nothing.
    init(_ status: DeliveryStatus) {
        self = switch status {
        case .delivered, .forwarded: .delivered
        case .temporary(let code), .other(let code): .pending(code: Int(code))
        case .permanent(let code), .abandoned(let code): .failed(code: Int(code))
        // The far phone never had it: another message took its place at the service centre.
        case .replaced: .failed(code: Int(status.octet))
        }
    }
}
