import Spooling

/// What one file, or several together, ask to be sent.
struct SpoolOrder: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case text(String, to: String)
        /// Other files belong to it; what is there is sent when they do not come.
        case incomplete(String, to: String)
        case refused(String)
    }

    let files: [String]
    let content: Content
}

/// How an order ended.
enum OrderEnd: Hashable, Sendable {
    case sent(reference: Int, at: CivilTime)
    case failed(String, at: CivilTime)
}
