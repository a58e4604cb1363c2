import SMS
import Telephony

/// Writes texts as SMS-SUBMIT segments.
public struct SMSComposer: Sendable {
    /// How long the service centre is to try; nil leaves it the choice.
    public var validity: Duration?
    public var reports: ReportRequest
    public var encodings: Encodings

    public init(validity: Duration? = nil, reports: ReportRequest = .wanted, encodings: Encodings = .standard) {
        self.validity = validity
        self.reports = reports
        self.encodings = encodings
    }

    /// The segments of `text`, in order. `messageNumber` gives the reference that they share: the same number gives the same octets,
    /// so a retry continues the message that was begun. Throws `refused` when 255 segments are too few.
    public func compose(_ text: String, to recipient: Telephony.Address, messageNumber: Int64) throws(Failure) -> [Submit] {
        let destination = try SMS.Address(recipient)
        // Eight bits are what every phone understands; numbers that follow each other are as far apart as they can be.
        let plan = try segments(of: text, reference: .short(UInt8(truncatingIfNeeded: messageNumber)))
        return plan.segments.map { segment in
            var submit = Submit(
                to: destination, segment.userData, dataCodingScheme: plan.dataCodingScheme,
                validityPeriod: validity.map(ValidityPeriod.relative(atLeast:)) ?? .none)
            submit.firstOctet.statusReport = reports == .wanted
            return submit
        }
    }

    private func segments(of text: String, reference: ConcatenationReference) throws(Failure) -> SegmentPlan {
        do {
            return try Segmentation.plan(text, allowing: encodings, reference: reference)
        } catch .tooManySegments(let limit) {
            throw Failure(.refused, "the text is longer than \(limit) segments")
        } catch {
            throw Failure(.refused, "the text can't be written as a short message")
        }
    }
}

/// Whether the service centre is asked to report what becomes of each segment (TP-SRR).
public enum ReportRequest: String, Sendable, CaseIterable {
    case wanted, notWanted
}
