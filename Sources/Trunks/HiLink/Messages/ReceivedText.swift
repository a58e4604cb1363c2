import Messaging
import Telephony

/// What a listed message is to become.
enum ReceivedText: Hashable, Sendable {
    case handover(Handover)
    /// A picture message at this address, announced by that number.
    case picture(address: String, from: String)

    /// - Parameters:
    ///   - pictureServer: where the rest of an address belongs, `http://host/`; nil where nobody knows.
    ///   - canFetch: whether the line has settings for picture messages.
    init(_ text: StoredText, clock: RouterClock, numbers: NumberPlan, pictureServer: String?, canFetch: Bool) {
        let sentAt = clock.instant(text.date)
        if let fate = text.fate {
            let reference = Self.reference(for: numbers.interpret(handed: text.phone))
            self = .handover(.report(HandedReport(reference: reference, recipient: text.phone, fate: fate, at: sentAt)))
        } else if let notice = PictureNotice(text) {
            self.init(notice, of: text, sentAt: sentAt, pictureServer: pictureServer, canFetch: canFetch)
        } else {
            self = .handover(.message(HandedMessage(from: text.phone, text: text.shown, sentAt: sentAt)))
        }
    }

    /// Routers give sent texts no reference, and their reports name the recipient only: the number is the reference.
    static func reference(for recipient: Address) -> String { recipient.text }

    private init(_ notice: PictureNotice, of text: StoredText, sentAt: Instant?, pictureServer: String?, canFetch: Bool) {
        let address: String? =
            switch notice.address {
            case .whole(let address): address
            case .rest(let rest): pictureServer.map { $0 + rest.drop { $0 == "/" } }
            case .none: nil
            }
        guard canFetch, let address else {
            let sentence = Self.sentence(notice, isWhole: address != nil)
            self = .handover(.message(HandedMessage(from: text.phone, text: sentence, sentAt: sentAt)))
            return
        }
        self = .picture(address: address, from: text.phone)
    }

    private static func sentence(_ notice: PictureNotice, isWhole: Bool) -> String {
        let what = "[Perhaps a picture message. The router shows only this of it: \(notice.shown)"
        return isWhole
            ? what + " – with a section 'mms' in the line's settings it can be fetched.]"
            : what + " – and hides the rest, so it cannot be fetched through this router.]"
    }
}

extension StoredText {
    /// Of a delivery report.
    fileprivate var fate: DeliveryReport.Fate? {
        switch kind {
        case .delivered: .delivered
        // The router does not say why. TP-Status "no interworking, or not specified" is as near as there is.
        case .notDelivered: .failed(code: 0x45)
        case .single, .multipart, .unicode, .other: nil
        }
    }

    /// A message of an unknown kind may show nothing; that it came is told all the same.
    fileprivate var shown: String {
        guard content.allSatisfy(\.isWhitespace) else { return content }
        guard case .other(let number) = kind else { return content }
        return "[A message of a kind that is not known (\(number)). The router shows no text of it.]"
    }
}
