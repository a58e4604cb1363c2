/// A message as a router lists it.
struct StoredText: Hashable, Sendable {
    /// What `SmsType` says. There is no list of its values: those that are not known are carried along.
    enum Kind: Hashable, Sendable {
        case single, multipart
        /// Seen with texts of other alphabets.
        case unicode
        case delivered, notDelivered
        case other(Int)

        init(_ number: Int) {
            self = switch number {
            case 0, 1: .single
            case 2: .multipart
            case 5: .unicode
            case 7: .delivered
            case 8: .notDelivered
            default: .other(number)
            }
        }
    }

    /// What `Smstat` says of a message of ours.
    enum State: Hashable, Sendable {
        case received, pending, sent, failed
        case other(Int)

        init(_ number: Int) {
            self = switch number {
            case 0, 1: .received
            case 2: .pending
            case 3: .sent
            case 4: .failed
            default: .other(number)
            }
        }
    }

    let index: Int
    let phone: String
    let content: String
    /// As the router writes it.
    let date: String
    let kind: Kind
    let state: State

    /// Nil where there is nothing to name it by.
    init?(_ element: Element) {
        guard let index = element.number("Index") else { return nil }
        self.index = index
        phone = element.text("Phone") ?? ""
        content = element["Content"]?.text ?? ""
        date = element.text("Date") ?? ""
        kind = Kind(element.number("SmsType") ?? 1)
        state = State(element.number("Smstat") ?? 0)
    }

    /// A page of `sms/sms-list`.
    static func page(_ element: Element) -> [StoredText] {
        (element["Messages"]?.all("Message") ?? []).compactMap { StoredText($0) }
    }
}
