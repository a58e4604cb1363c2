import Exchange
import Telephony

/// Conversations as a list: who, what was last, how much is unread.
struct ConversationList {
    let entries: [ShelvedConversation]
    let times: Times
    let words: Words
    /// Whether lines are told apart.
    let showsLines: Bool
    /// What the reader calls whom they know.
    var names: [Address: String] = [:]
    /// The one that is open beside it.
    var open: Int64?
    /// What is said where there is none.
    let empty: String

    /// Characters of the last message.
    private static let previewLimit = 90

    var html: HTML {
        guard !entries.isEmpty else { return "<p class=\"empty\">\(empty)</p>" }
        return "<ul class=\"list\">\(entries.map(row))</ul>"
    }

    private func row(_ conversation: ShelvedConversation) -> HTML {
        let entry = conversation.entry, marks = conversation.marks
        let last = entry.summary.last.message
        let line: HTML = showsLines ? "<span class=\"line\"><bdi>\(entry.summary.line.name)</bdi></span>" : .nothing
        let count = entry.unread >= InboxEntry.countLimit ? "\(InboxEntry.countLimit - 1)+" : "\(entry.unread)"
        let badge: HTML = entry.unread == 0 ? .nothing : "<span class=\"badge\">\(count)<span class=\"hidden\"> \(words.unread)</span></span>"
        let current: HTML = entry.number == open ? " aria-current=\"page\"" : .nothing
        let unread: HTML = entry.unread == 0 ? .nothing : " class=\"unread\""
        return """
            <li\(unread)><a href="/conversations/\(entry.number)"\(current)>
            <span class="who"><bdi>\(Self.name(entry.summary.participants, names))</bdi>\(signs(marks))</span><time>\(times.short(last.recordedAt))</time>
            <span class="last">\(beginning(marks, last))</span>\(line)\(badge)</a></li>

            """
    }

    private func signs(_ marks: ConversationMarks) -> HTML {
        let pinned: HTML = marks.isPinned ? " <span class=\"sign\" role=\"img\" aria-label=\"\(words.pinned)\">\(Icon.pin.html)</span>" : .nothing
        let muted: HTML = marks.isMuted ? " <span class=\"sign\" role=\"img\" aria-label=\"\(words.muted)\">\(Icon.muted.html)</span>" : .nothing
        return pinned + muted
    }

    private func beginning(_ marks: ConversationMarks, _ last: Message) -> HTML {
        guard marks.draft.isEmpty else { return "<em>\(words.draft):</em> <bdi>\(Self.beginning(of: marks.draft, Self.previewLimit))</bdi>" }
        return "<bdi>\(preview(last))</bdi>"
    }

    private func preview(_ message: Message) -> String {
        let text = message.text.isEmpty ? message.subject ?? "📎 \(message.parts.first?.name ?? words.file)" : message.text
        return Self.beginning(of: text, Self.previewLimit)
    }

    /// By scalars, not characters: ten thousand that combine are one character.
    static func beginning(of text: String, _ limit: Int) -> String {
        let scalars = text.unicodeScalars.prefix(limit)
        return scalars.endIndex == text.unicodeScalars.endIndex ? text : String(scalars) + "…"
    }

    static func name(_ participants: [Address], _ known: [Address: String] = [:]) -> String {
        let names = participants.prefix(8).map { beginning(of: known[$0] ?? $0.shownName, 60) }.joined(separator: ", ")
        return participants.count > 8 ? "\(names) +\(participants.count - 8)" : names
    }
}
