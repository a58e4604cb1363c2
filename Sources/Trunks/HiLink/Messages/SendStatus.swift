/// How far the router is with the text that it was given last (`sms/send-status`).
enum SendStatus: Hashable, Sendable {
    case sending, sent, failed
    /// It speaks of another one, or of none.
    case unknown

    init(_ element: Element, phone: String) {
        if Self.numbers(element, "Phone").contains(phone) {
            self = .sending
        } else if Self.numbers(element, "FailPhone").contains(phone) {
            self = .failed
        } else if Self.numbers(element, "SucPhone").contains(phone) {
            self = .sent
        } else {
            self = .unknown
        }
    }

    private static func numbers(_ element: Element, _ name: String) -> [String] {
        (element.text(name) ?? "").split { ",; ".contains($0) }.map(String.init)
    }
}
