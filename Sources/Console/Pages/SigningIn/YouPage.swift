import HTTPStack

/// `/you`: one's own password, time zone, other ways to sign in, and the way out.
struct YouPage {
    let pages: Pages

    private struct Draft {
        var note: String?
        var zone: String?
        var zoneMistake: String?
        var oldMistake: String?
        var newMistake: String?
        var againMistake: String?
    }

    var operations: [Operation] {
        [
            pages.page("/you") { request, visitor in
                let query = try request.queryParameters("saved")
                return page(visitor, Draft(note: query["saved"] == nil ? nil : pages.words.saved))
            },
            pages.form("/you/time-zone") { _, visitor, form in
                let zone = form["zone"] ?? ""
                guard Times.isZone(zone) else { return page(visitor, Draft(zone: zone, zoneMistake: pages.words.unknownTimeZone), status: 422) }
                try await pages.signIns.save(timeZone: zone, of: visitor)
                return Pages.see("/you?saved=1")
            },
            pages.form("/you/password") { request, visitor, form in
                guard visitor.account.kept != nil || pages.confirmed(visitor) else { return pages.toConfirm(request, visitor, form, otherwise: "/you") }
                let new = form["new"] ?? ""
                if let mistake = pages.mistake(in: new) { return page(visitor, Draft(newMistake: mistake), status: 422) }
                guard new == form["again"] else { return page(visitor, Draft(againMistake: pages.words.differentPasswords), status: 422) }
                let secret = try await pages.signIns.change(visitor, from: form["old"] ?? "", to: new, pages.approach(request))
                guard let secret else { return page(visitor, Draft(oldMistake: pages.words.wrongPassword), status: 422) }
                return Pages.see("/you?saved=1", cookies: [pages.cookie(secret, request)])
            },
        ]
    }

    private func page(_ visitor: Visitor, _ draft: Draft, status: Int = 200) -> Response {
        let words = pages.words, token = visitor.token.input
        let told: HTML = draft.note.map { "<p role=\"status\">\($0)</p>" as HTML } ?? .nothing
        let old: HTML =
            visitor.account.kept == nil
            ? .nothing : Field(name: "old", label: words.oldPassword, kind: .password, autocomplete: "current-password", mistake: draft.oldMistake).html
        let content: HTML = """
            <div class="cards"><h1><bdi>\(visitor.account.person.name)</bdi></h1>\(told)
            <p><a class="button" href="/you/apps">\(words.aboutPeople.yourApps)</a></p>
            <form class="card" method="post" action="/you/time-zone">\(token)
            \(Field(name: "zone", label: words.timeZone, value: draft.zone ?? visitor.account.timeZone ?? "", mistake: draft.zoneMistake).html)
            <button>\(words.save)</button></form>
            <nav class="card" aria-label="\(words.waysIn)"><ul class="facts"><li><a href="/you/passkeys">\(words.passkeys)</a></li>
            <li><a href="/you/codes">\(words.codes)</a></li><li><a href="/you/browsers">\(words.browsers)</a></li></ul></nav>
            <form class="card" method="post" action="/you/password">\(token)
            \(old)
            \(Field(name: "new", label: words.newPassword, kind: .password, autocomplete: "new-password", mistake: draft.newMistake).html)
            \(Field(name: "again", label: words.passwordAgain, kind: .password, autocomplete: "new-password", mistake: draft.againMistake).html)
            <button>\(words.save)</button></form>
            <p class="card"><a href="/you/pages">\(words.yourPages)</a></p>
            <form class="card" method="post" action="/sign-out">\(token)<button class="plain">\(words.signOut)</button></form></div>
            """
        return Layout(title: words.you, visitor: visitor, content: content).response(status: status)
    }
}
