import Telephony

/// Keeps texts of several segments back until the router has had time to put all of them together: it shows them before.
struct Ripening: Sendable {
    static let time: Duration = .seconds(10)

    private struct Seen: Sendable {
        let content: String
        let since: Instant
    }

    private var seen: [String: Seen] = [:]

    /// Whether a text can be taken now; asked at each look, it finds out what has not changed for a while.
    mutating func isRipe(_ text: StoredText, at place: String, now: Instant) -> Bool {
        guard text.kind == .multipart else { return true }
        if let before = seen[place], before.content == text.content { return now - before.since >= Self.time || now < before.since }
        seen[place] = Seen(content: text.content, since: now)
        return false
    }

    /// Forgets what is there no longer.
    mutating func keep(_ places: Set<String>) { seen = seen.filter { places.contains($0.key) } }
}
