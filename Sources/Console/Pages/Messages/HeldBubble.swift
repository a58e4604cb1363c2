import Exchange
import Telephony

/// A message that waits for its time, with what can be done about it.
struct HeldBubble {
    let message: HeldMessage
    let token: FormToken
    let times: Times
    let words: Words
    var showsRecipients = false
    /// What the reader calls whom they know.
    var names: [Address: String] = [:]

    var html: HTML {
        let path = "/held/\(message.id)"
        let to: HTML = showsRecipients ? "<p class=\"who\"><bdi>\(ConversationList.name(message.recipients, names))</bdi></p>" : .nothing
        let names = message.parts.filter { $0.text == nil }.map { "<p class=\"file\">📎 <bdi>\(ConversationList.beginning(of: $0.name ?? words.file, 80))</bdi></p>" as HTML }
        let text = message.parts.compactMap(\.text).joined(separator: "\n")
        let said: HTML = text.isEmpty ? .nothing : "<p class=\"text\"><bdi>\(ConversationList.beginning(of: text, Bubble.textLimit))</bdi></p>"
        let reason: HTML = message.refusal.map { "<p class=\"mistake\">\($0)</p>" as HTML } ?? .nothing
        return """
            <li class="bubble ours held" id="h\(message.id.description)">\(to)\(names)\(said)
            <div class="fate">◷ \(words.waitingFor) <time datetime="\(CivilDate(message.due).rfc3339)">\(times.heading(message.due)), \(times.time(message.due))</time></div>\(reason)
            <form method="post" action="\(path)">\(token.input)<button class="plain" name="do" value="send">\(words.sendNow)</button> <button class="plain" name="do" value="forget">\(words.forgetIt)</button></form></li>

            """
    }
}
