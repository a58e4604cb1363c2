import MMS
import Telephony

/// Says what a WAP push to a phone means: a picture message's notice, a report on one of ours, or nothing for people (WAP-230-WSP §8.2.4.1,
/// OMA-TS-MMS_ENC 1.3 §6).
struct PushInterpreter: Sendable {
    let numbers: NumberPlan

    /// Where a notice does not say until when the message waits, or says what cannot be, it is taken to be a week.
    private static let usualExpiry: Duration = .seconds(7 * 86400)
    /// What carriers say beyond this is not believed.
    private static let longestExpiry: Duration = .seconds(365 * 86400)

    /// `octets` are the user data of all its segments.
    func meaning(of octets: [UInt8], receivedAt: Instant) -> Interpretation.Meaning {
        do {
            let push = try Push(decoding: octets)
            guard push.kind == .multimediaMessage else { return .notForPeople(Self.description(of: push)) }
            return meaning(of: try PDU(decoding: push.body), receivedAt: receivedAt)
        } catch {
            return .undecodable("a WAP push that does not read: \(error.description)")
        }
    }

    private func meaning(of pdu: PDU, receivedAt: Instant) -> Interpretation.Meaning {
        switch pdu {
        case .notificationIndication(let notification):
            return .announcement(announcement(notification, receivedAt: receivedAt))
        case .deliveryIndication(let indication):
            return .report(
                DeliveryReport(
                    reference: indication.messageID, recipient: numbers.interpret(indication.to), fate: DeliveryReport.Fate(indication.status),
                    at: instant(indication.date, receivedAt: receivedAt)))
        case .readOriginator(let report):
            // Whoever hides is not told from others.
            guard let reader = report.from else { return .notForPeople("a read report of nobody") }
            return .read(
                Telephony.ReadReport(
                    reference: report.messageID, recipient: numbers.interpret(reader), at: instant(report.date, receivedAt: receivedAt),
                    act: report.readStatus == .read ? .read : .deletedUnread))
        case .sendRequest, .sendConfirmation, .notifyResponse, .retrieveConfirmation, .acknowledge, .readReport, .forwardRequest,
            .forwardConfirmation, .other:
            return .undecodable("a WAP push: a PDU of picture messages that is not pushed to phones")
        }
    }

    private func announcement(_ notification: NotificationIndication, receivedAt: Instant) -> Announcement {
        Announcement(
            transaction: notification.transactionID, location: notification.contentLocation, sender: notification.from.map(numbers.interpret),
            subject: notification.subject, size: max(0, notification.messageSize), expires: expiry(notification.expiry, receivedAt: receivedAt))
    }

    /// One that was over when its notice came is a clock's that is wrong, here or there: the message is asked for all the same.
    private func expiry(_ expiry: Expiry?, receivedAt: Instant) -> Instant {
        let latest = receivedAt + Self.longestExpiry
        let told: Instant? =
            switch expiry {
            case .relative(let seconds): receivedAt + .seconds(min(max(0, seconds), Self.longestExpiry.components.seconds))
            case .absolute(let seconds): seconds < latest.seconds ? Instant(seconds: seconds) : latest
            case nil: nil
            }
        guard let told, told > receivedAt else { return receivedAt + Self.usualExpiry }
        return told
    }

    private func instant(_ seconds: Int64?, receivedAt: Instant) -> Instant? {
        seconds.flatMap { Instant(multimedia: $0, plausibleAt: receivedAt) }
    }

    private static func description(of push: Push) -> String {
        switch push.kind {
        case .multimediaMessage, .other: "a WAP push of type \(push.contentType.mediaType.prefix(100))"
        case .serviceIndication: "a WAP push: a link (service indication)"
        case .serviceLoading: "a WAP push: an address to open (service loading)"
        case .cacheOperation: "a WAP push: something to forget"
        case .provisioning: "a WAP push: settings for a phone"
        case .deviceManagement: "a WAP push: device management"
        case .rights: "a WAP push: rights to protected content"
        }
    }
}

extension Instant {
    /// Seconds since 1970 of a carrier's clock; nil where they cannot be: before there was MMS, or more than a day after it arrived.
    init?(multimedia seconds: Int64, plausibleAt arrival: Instant) {
        // 2002-01-01
        guard seconds >= 1_009_843_200, seconds <= arrival.seconds + 86400 else { return nil }
        self.init(seconds: seconds)
    }
}

extension DeliveryReport.Fate {
    /// What M-Delivery.ind says (OMA-TS-MMS_ENC 1.3 §7.3). The code is the octet of X-Mms-Status.
    init(_ status: MessageStatus) {
        self = switch status {
        case .retrieved, .forwarded: .delivered
        case .deferred, .indeterminate, .unrecognised, .other: .pending(code: Int(status.octet))
        case .expired, .rejected, .unreachable: .failed(code: Int(status.octet))
        }
    }
}
