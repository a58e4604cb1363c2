import Exchange
import HTTPStack
import Telephony

/// `/held`: what waits for its time, and what is done about it.
struct HeldPages {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.page("/held") { _, visitor in
                let words = pages.words, times = pages.times(of: visitor)
                let held = try await pages.desk.personal.book.heldMessages(of: visitor.account.person)
                let names = try await pages.names(of: held.flatMap(\.recipients), for: visitor)
                let bubbles = held.map { HeldBubble(message: $0, token: visitor.token, times: times, words: words, showsRecipients: true, names: names).html }
                let list: HTML = bubbles.isEmpty ? "<p class=\"empty\">\(words.nothingWaits)</p>" : "<ol class=\"waiting\">\(bubbles)</ol>"
                let content: HTML = "<div class=\"inbox thread\"><h1 class=\"result\">\(words.waitingOnes)</h1>\(list)</div>"
                return Layout(title: words.waitingOnes, visitor: visitor, content: content).response()
            },
            pages.form("/held/{id}") { request, visitor, form in
                guard let id = HeldMessageID(request.parameter("id")) else { throw Problem.notFound(pages.words.notFound) }
                let book = pages.desk.personal.book, person = visitor.account.person
                let isDone =
                    switch form["do"] {
                    case "send": try await book.move(id, of: person, to: pages.desk.mint.now())
                    case "forget": try await book.withdraw(id, of: person)
                    default: throw Problem.badRequest(pages.words.notFound)
                    }
                guard isDone else { throw Problem(409, "gone", pages.words.tooLate) }
                pages.desk.personal.heldMessages.ring()
                return Pages.see(Self.back(request))
            },
        ]
    }

    /// To the conversation from which it was done.
    static func back(_ request: Request) -> String {
        guard let from = request.header("Referer").flatMap({ WebURL($0) })?.target, from.hasPrefix("/conversations/") else { return "/held" }
        return SignInPage.own(from)
    }
}
