import Exchange
import HTTPStack

/// `/you/pages`: one's own language, and what notices say.
struct PersonalPage {
    let pages: Pages

    var operations: [Operation] {
        [
            pages.page("/you/pages") { request, visitor in
                let isSaved = try request.queryParameters("saved")["saved"] != nil
                return page(visitor, try await pages.desk.personal.book.personalSettings(of: visitor.account.person), isSaved: isSaved)
            },
            pages.form("/you/pages") { _, visitor, form in
                let language = form["language"].flatMap(Language.init(rawValue:))
                let told = form["told"].flatMap(PersonalSettings.Told.init(rawValue:)) ?? .nothing
                try await pages.desk.personal.book.save(PersonalSettings(language: language?.rawValue, isTold: told), of: visitor.account.person)
                return Pages.see("/you/pages?saved=1")
            },
        ]
    }

    private func page(_ visitor: Visitor, _ settings: PersonalSettings, isSaved: Bool) -> Response {
        let words = pages.words
        let languages = Language.allCases.map {
            "<option value=\"\($0.rawValue)\" lang=\"\($0.rawValue)\"\(" selected", if: $0.rawValue == settings.language)>\($0.name)</option>" as HTML
        }
        let told: [(PersonalSettings.Told, String)] = [(.nothing, words.toldNothing), (.text, words.toldText)]
        let choices = told.map { "<option value=\"\($0.rawValue)\"\(" selected", if: $0 == settings.isTold)>\($1)</option>" as HTML }
        let note: HTML = isSaved ? "<p role=\"status\">\(words.saved)</p>" : .nothing
        let content: HTML = """
            <div class="cards"><h1>\(words.yourPages)</h1>\(note)
            <form class="card" method="post" action="/you/pages">\(visitor.token.input)
            <label>\(words.languageWord)<select name="language"><option value="">\(words.browserLanguage)</option>\(languages)</select></label>
            <label>\(words.noticesSay)<select name="told">\(choices)</select></label>
            <button>\(words.save)</button></form>
            <section class="card" data-notices data-token="\(visitor.token.text)" data-refused="\(words.noticesRefused)" data-failed="\(words.noticesFailed)" hidden><h2>\(words.notices)</h2><p>\(words.noticesText)</p>
            <p data-notices-told role="status" hidden></p><button type="button" data-notices-on hidden>\(words.noticesOn)</button><button type="button" class="plain" data-notices-off hidden>\(words.noticesOff)</button></section></div>
            """
        return Layout(title: words.yourPages, visitor: visitor, content: content).response()
    }
}
