import Exchange
import Telephony

/// What can be done with a conversation as a whole.
struct ThreadMenu {
    let conversation: OpenConversation
    let marks: ConversationMarks
    /// The form to block the other party; nothing where there is none.
    let blocking: HTML
    let token: FormToken
    let today: String
    let words: Words

    var html: HTML {
        let path = "/conversations/\(conversation.number)"
        let moves: [ShelfMove] = [marks.isPinned ? .unpin : .pin, marks.isArchived ? .unarchive : .archive, marks.isMuted ? .unmute : .mute]
        let buttons = moves.map { "<button class=\"plain\" name=\"move\" value=\"\($0.rawValue)\">\(words.name(of: $0))</button>" as HTML }
        let state: HTML = marks.isMuted ? "<span class=\"line\">\(words.muted)</span>" : .nothing
        return """
            \(state)<details class="menu"><summary aria-label="\(words.more)">⋯</summary><div class="sheet">\(members)
            <form method="post" action="\(path)/shelf">\(token.input)\(buttons)</form>\(blocking)
            <p><a href="\(path)/pictures">\(words.pictures)</a></p>
            <form action="\(path)"><label>\(words.goTo)<input type="date" name="day" required max="\(today)"></label><button class="plain">\(words.go)</button></form></div></details>
            """
    }

    /// Of a group, all of whom the title has no room for.
    private var members: HTML {
        let all = conversation.summary.participants
        guard all.count > 1 else { return .nothing }
        let items = all.prefix(100).map { "<li><bdi>\(ConversationList.beginning(of: $0.shownName, 60))</bdi></li>" as HTML }
        return "<h2>\(words.members)</h2><ul class=\"members\">\(items)</ul>"
    }
}
