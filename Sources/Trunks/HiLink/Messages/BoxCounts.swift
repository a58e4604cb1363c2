/// How full the boxes are (`sms/sms-count`).
struct BoxCounts: Hashable, Sendable {
    let inbox: Int
    let sent: Int
    let drafts: Int
    let simInbox: Int
    /// Nil where the router does not say how much it holds.
    let room: Int?

    init(_ element: Element) {
        inbox = element.number("LocalInbox") ?? 0
        sent = element.number("LocalOutbox") ?? 0
        drafts = element.number("LocalDraft") ?? 0
        simInbox = element.number("SimInbox") ?? 0
        room = element.number("LocalMax").flatMap { $0 > 0 ? $0 : nil }
    }

    var used: Int { inbox + sent + drafts }
    /// Nothing can come until something is deleted.
    var isFull: Bool { room.map { used >= $0 } ?? false }
}
