import Exchange
import HTTPStack
import Telephony

/// A dialogue with the network by codes (USSD, TS 22.090), as a form: a code, an answer, and a reply where the network waits for one.
struct USSDForm {
    enum State {
        case closed
        case said(USSDAnswer)
        case ended
        /// What was typed, and what is wrong.
        case refused(String, String)

        var isMistake: Bool { if case .refused = self { true } else { false } }
    }

    let path: String
    let token: FormToken
    let state: State
    let words: Words

    /// A USSD string has at most 182 characters (TS 23.038 §5).
    private static let textLimit = 182

    static func answer(to form: Form, trunk: any USSDTrunk, words: Words) async -> State {
        let text = form["text"] ?? ""
        do throws(Failure) {
            if form["act"] == "end" {
                try await trunk.cancel()
                return .ended
            }
            guard !text.isEmpty, text.count <= textLimit, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
                return .refused(text, words.badCode)
            }
            return .said(try await trunk.request(text))
        } catch {
            return .refused(text, error.sentenceOfFetching)
        }
    }

    var html: HTML {
        var said: HTML = .nothing
        var label = words.ussdCode, typed = "", mistake: String?
        var waits = false
        switch state {
        case .closed: break
        case .ended: said = "<p role=\"status\">\(words.dialogueEnded)</p>"
        case .said(let answer):
            said = "<p class=\"soft\">\(words.networkSays)</p><p class=\"said\" role=\"status\"><bdi>\(answer.text)</bdi></p>"
            waits = answer.expectsReply
            if waits { label = words.ussdReply }
        case .refused(let text, let why): (typed, mistake) = (text, why)
        }
        let end: HTML = waits ? " <button class=\"plain\" name=\"act\" value=\"end\" formnovalidate>\(words.endDialogue)</button>" : .nothing
        return """
            <section class="card" id="ussd"><h2>\(words.ussd)</h2>\(said)<form method="post" action="\(path)#ussd">\(token.input)
            \(Field(name: "text", label: label, value: typed, mistake: mistake, isFirst: waits).html)<button name="act" value="ask">\(waits ? words.send : words.ask)</button>\(end)</form></section>
            """
    }
}
