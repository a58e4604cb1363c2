import HTTPStack
import Telephony

/// Settings to type into any SIP app, with the password that is shown this once.
struct SettingsPage {
    let pages: Pages
    let visitor: Visitor
    let person: PersonID
    let settings: PlainSettings
    /// The app that is waited for; nil for a password that all may use.
    let password: AppPassword?

    var response: Response {
        let words = pages.words.aboutPeople
        let rows = settings.rows.map { "<dt>\(words.name(of: $0.field))</dt><dd><code class=\"copy\">\($0.value)</code></dd>" as HTML }
        let back: HTML = "<section class=\"card\"><p><a href=\"\(Pages.path(of: person))\">\(words.backTo(person))</a></p></section>"
        let next = password.map { ArrivalCard(person: person, app: $0, device: nil, words: words).html } ?? back
        let content: HTML = """
            <div class="cards"><section class="card"><h1>\(words.settings)</h1><p class="note">\(words.shownOnce)</p><dl class="settings">\(rows)</dl></section>\(next)</div>
            """
        return Layout(title: words.settings, visitor: visitor, content: PeopleStyle.link + PeopleStyle.arrival + content).response()
    }
}
