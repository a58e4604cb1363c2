import Exchange
import HTTPStack
import Telephony

/// What somebody is writing.
struct Draft {
    let text: String
    let key: String
    /// When it is to be sent, as it was picked; empty for at once.
    let time: String

    init(key: String, text: String = "") {
        self.text = text
        self.key = key
        time = ""
    }

    init(_ form: Form) {
        text = form.lines("text")
        key = form["key"].flatMap { MessageID($0) == nil ? nil : $0 } ?? ""
        time = form["at"] ?? ""
    }

    /// The same under another key.
    private init(_ draft: Draft, key: String) {
        text = draft.text
        self.key = key
        time = draft.time
    }

    /// As it is shown again with a mistake: a key that stands for another message is put away.
    func shown(after mistake: Mistake, fresh key: String) -> Draft { mistake.place == .key ? Draft(self, key: key) : self }
}

/// What is wrong with what somebody wrote, and where.
struct Mistake: Error {
    enum Place {
        case recipients, text, files, time
        /// The form was sent before, with something else in it.
        case key
    }

    let place: Place
    let sentence: String

    init(_ place: Place, _ sentence: String) {
        self.place = place
        self.sentence = sentence
    }

    init(_ error: SubmissionError) {
        switch error {
        case .empty, .tooLarge, .queueFull, .ledger, .unknownLine: place = .text
        case .noRecipients, .badRecipient, .refused: place = .recipients
        }
        sentence = error.description
    }
}

/// What a line takes beside texts.
struct Attachments {
    /// Octets that its carrier takes in one message; nil where it does not say.
    let limit: Int?
}

/// The form to write a message.
struct Compose {
    let action: String
    let token: FormToken
    let draft: Draft
    let mistake: Mistake?
    /// Nil where only texts are sent.
    let attachments: Attachments?
    let times: Times
    let words: Words
    var hasFocus = false
    /// Fields before the text.
    var fields: HTML = .nothing

    var html: HTML {
        let encoding: HTML = attachments == nil ? .nothing : " enctype=\"multipart/form-data\""
        return """
            <form class="compose" method="post" action="\(action)"\(encoding) data-compose>\(token.input)<input type="hidden" name="key" value="\(draft.key)">\(fields)
            <label class="hidden" for="text">\(words.message)</label>
            <div class="write">\(picker)<textarea id="text" name="text" rows="1"\(" required" as HTML, if: attachments == nil) dir="auto" placeholder="\(words.message)" maxlength="\(Submissions.textLimit)"\(" autofocus", if: hasFocus)\(described)>
            \(draft.text)</textarea><button>\(words.send)</button></div>
            <p class="count" data-count aria-live="polite"></p>\(note(.text))\(note(.key))\(note(.files))\(later)</form>
            """
    }

    private var described: HTML { mistake?.place == .text ? " aria-invalid=\"true\" aria-describedby=\"text-mistake\"" : .nothing }

    private func note(_ place: Mistake.Place) -> HTML {
        guard let mistake, mistake.place == place else { return .nothing }
        return Field.note(mistake.sentence, of: place == .files ? "file" : "text")
    }

    private var picker: HTML {
        guard let attachments else { return .nothing }
        let hint = attachments.limit.map(words.filesHint(limit:)) ?? words.filesHint
        return """
            <label class="attach" title="\(hint)"><span class="hidden">\(words.addFiles). \(hint)</span>\(Icon.clip.html)<input type="file" name="file" multiple data-files data-room="\(NewParts.octetLimit)" data-limit="\(attachments.limit ?? NewParts.octetLimit)" data-shrinks="\(words.willShrink)" data-too-much="\(words.tooMuch)" data-remove="\(words.remove)" data-sending="\(words.sending)" data-lost="\(words.uploadFailed)" data-drop="\(words.dropHere)"></label>
            """
    }

    private var later: HTML {
        let isWrong = mistake?.place == .time
        let described: HTML = isWrong ? " aria-invalid=\"true\" aria-describedby=\"at-mistake\"" : .nothing
        return """
            <details class="later"\(" open", if: isWrong || !draft.time.isEmpty)><summary>\(words.sendLater)</summary><label>\(words.sendAt)<input type="datetime-local" name="at" value="\(draft.time)"\(described)></label>\(Field.note(isWrong ? mistake?.sentence : nil, of: "at"))</details>
            """
    }
}

extension EndpointID {
    /// The endpoint whose messages were written on the pages.
    static let console: EndpointID = "console"
}
