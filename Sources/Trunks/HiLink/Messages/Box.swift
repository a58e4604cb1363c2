/// Where a router keeps messages (`BoxType`).
enum Box: Int, Hashable, Sendable, CaseIterable {
    case inbox = 1
    case sent = 2
    case drafts = 3
    case simInbox = 5

    /// As the place of a receipt names it.
    var name: String {
        switch self {
        case .inbox: "inbox"
        case .sent: "sent"
        case .drafts: "drafts"
        case .simInbox: "sim-inbox"
        }
    }
}
