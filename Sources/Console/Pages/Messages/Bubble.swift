import Exchange
import Telephony

/// One message of a thread.
struct Bubble {
    let record: MessageRecord
    /// Of a send in doubt, for the person to decide.
    let doubt: DeliveryID?
    let token: FormToken
    /// Of what is sent again.
    let key: String
    let times: Times
    let words: Words
    /// What the reader calls whom they know.
    var names: [Address: String] = [:]
    /// Octets of text shown; the rest is a page of its own. Nil for all.
    var textLimit: Int? = Self.textLimit

    static let textLimit = 4000

    private var message: Message { record.message }
    private var isOurs: Bool { message.direction != .incoming }

    var html: HTML {
        let sender: HTML = !isOurs && message.isOfGroup ? "<p class=\"who\"><bdi>\(message.sender.map { ConversationList.name([$0], names) } ?? "")</bdi></p>" : .nothing
        let subject: HTML = message.subject.map { "<p class=\"subject\"><bdi>\($0)</bdi></p>" as HTML } ?? .nothing
        let files = message.parts.indices.filter { message.parts[$0].text == nil }.map(file)
        return """
            <li class="bubble\(isOurs ? " ours" : "")" id="m\(message.id.description)">\(sender)\(subject)\(files)\(text)\(code)
            <div class="fate"><time datetime="\(CivilDate(message.recordedAt).rfc3339)">\(times.time(message.recordedAt))</time>\(fate)</div>\(remedy)</li>

            """
    }

    private var text: HTML {
        let text = message.text
        guard !text.isEmpty else { return .nothing }
        guard let textLimit, text.utf8.count > textLimit else { return "<p class=\"text\"><bdi>\(text)</bdi></p>" }
        let start = String(decoding: text.utf8.prefix(textLimit), as: UTF8.self)
        return """
            <p class="text"><bdi>\(start)…</bdi></p><p><a href="/messages/\(message.id.description)">\(words.showAll)</a></p>
            """
    }

    /// What one signs in or pays with, to be copied. Without a script it is only shown.
    private var code: HTML {
        guard !isOurs, let code = OneTimeCode(in: message.text) else { return .nothing }
        return """
            <p class="chip"><strong>\(code.digits)</strong> <button type="button" class="plain" data-copy="\(code.digits)" data-copied="\(words.copied)" hidden>\(words.copy)</button></p>
            """
    }

    private func file(_ index: Int) -> HTML {
        let part = message.parts[index]
        let path = "/messages/\(message.id)/files/\(index)"
        let name = ConversationList.beginning(of: part.name ?? words.file, 80)
        switch ShownFile(part.mediaType) {
        case .picture:
            return "<a class=\"picture\" href=\"\(path)\" aria-label=\"\(name)\"><img src=\"\(path)\" alt=\"\(name)\" loading=\"lazy\"></a>"
        case .recording:
            return "<audio controls preload=\"none\" src=\"\(path)\" aria-label=\"\(words.recording)\"></audio>"
        case .film:
            return "<video controls preload=\"none\" src=\"\(path)\" aria-label=\"\(name)\"></video>"
        case .saved:
            return "<p class=\"file\"><a href=\"\(path)\" download>📎 <bdi>\(name)</bdi></a></p>"
        }
    }

    /// Three steps of ticks, and in words what they mean and why.
    private var fate: HTML {
        let (mark, word): (String, String) =
            switch record.state {
            case .received: ("", "")
            case .queued: ("◷", words.queued)
            case .sent: ("✓", words.sent)
            case .delivered: ("✓✓", words.delivered)
            case .failed: ("⚠", words.failed)
            case .inDoubt: ("?", words.inDoubt)
            }
        guard isOurs, !word.isEmpty else { return .nothing }
        let reason: HTML = record.failure.map { " <span class=\"reason\">\($0.sentence)</span>" as HTML } ?? .nothing
        return """
             <details class="ticks \(record.state.rawValue)"><summary aria-label="\(word)">\(mark)</summary><span>\(word).\(reason) <a href="/messages/\(message.id.description)">\(words.itsWay)</a></span></details>
            """
    }

    private var remedy: HTML {
        let path = "/messages/\(message.id)"
        switch record.state {
        case .failed where message.direction == .outgoing:
            return """
                <form method="post" action="\(path)/again">\(token.input)<input type="hidden" name="key" value="\(key)"><button class="plain">\(words.tryAgain)</button></form>
                """
        case .inDoubt:
            guard let doubt else { return .nothing }
            let choices: [(DoubtDecision, String)] = [(.sendAgain, words.sendAgain), (.takeAsSent, words.itWasSent), (.takeAsFailed, words.itFailed)]
            let buttons = choices.map { "<button class=\"plain\" name=\"decision\" value=\"\($0.0.rawValue)\">\($0.1)</button> " as HTML }
            return """
                <form method="post" action="\(path)/doubt">\(token.input)<p>\(words.doubtText)</p><input type="hidden" name="delivery" value="\(doubt.description)">\(buttons)</form>
                """
        case .queued where message.direction == .outgoing:
            return """
                <form method="post" action="\(path)/withdrawal">\(token.input)<button class="plain">\(words.takeBack)</button></form>
                """
        case .received, .queued, .sent, .delivered, .failed: return .nothing
        }
    }
}

/// How a file is shown in a page. What browsers run, such as SVG, is saved.
enum ShownFile {
    case picture, recording, film, saved

    init(_ mediaType: String) {
        switch mediaType {
        case "image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/bmp": self = .picture
        case _ where mediaType.hasPrefix("audio/"): self = .recording
        case _ where mediaType.hasPrefix("video/"): self = .film
        default: self = .saved
        }
    }
}
