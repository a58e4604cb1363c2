import Exchange
import Foundation
import HTTPStack

/// `/setup/you`: the owner's language and time zone.
struct SetupYouPage {
    let pages: Pages

    var operations: [HTTPStack.Operation] {
        [
            pages.ownersPage("/setup/you") { _, visitor in try await page(visitor, zone: visitor.account.timeZone ?? TimeZone.current.identifier) },
            pages.ownersForm("/setup/you") { _, visitor, form in
                let zone = form["zone"] ?? ""
                guard Times.isZone(zone) else { return try await page(visitor, zone: zone, mistake: pages.words.unknownTimeZone, status: 422) }
                try await pages.signIns.save(timeZone: zone, of: visitor)
                let book = pages.desk.personal.book, person = visitor.account.person
                let language = form["language"].flatMap(Language.init(rawValue:))
                try await book.save(PersonalSettings(language: language?.rawValue, isTold: try await book.personalSettings(of: person).isTold), of: person)
                return Pages.see(SetupStep.place.path)
            },
        ]
    }

    private func page(_ visitor: Visitor, zone: String, mistake: String? = nil, status: Int = 200) async throws -> Response {
        let words = pages.words
        let settings = try await pages.desk.personal.book.personalSettings(of: visitor.account.person)
        let language = Choice(
            name: "language", label: words.languageWord, options: Language.allCases.map { ($0.rawValue, $0.name) }, chosen: settings.language ?? "",
            prompt: words.browserLanguage)
        return try await pages.setup(
            .you, visitor, title: words.setUp, status: status,
            """
            <form class="card" method="post" action="/setup/you">\(visitor.token.input)<p>\(words.setUpText)</p>
            \(language.html)\(Field(name: "zone", label: words.timeZone, value: zone, mistake: mistake).html)\(HTML.hint(words.zoneHint))
            <button>\(words.nextStep)</button></form>
            """)
    }
}
