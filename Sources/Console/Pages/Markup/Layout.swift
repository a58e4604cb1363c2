import HTTPStack
import Telephony

/// A whole page: what is on it, and what every page has.
struct Layout {
    let title: String
    let visitor: Visitor?
    var isThread = false
    /// Further scripts that the page needs.
    var further: [Asset] = []
    let content: HTML

    private var words: Words { Scene.current.words }

    func response(status: Int = 200, cookies: [String] = []) -> Response {
        var response = Response(status: status, contentType: "text/html; charset=utf-8", body: .octets(html.octets))
        response.headers = Self.protection + cookies.map { ("Set-Cookie", $0) }
        return response
    }

    /// Nothing but what we serve ourselves is loaded, run, framed or sent to; what is written within a page is never run.
    static let protection: [(name: String, value: String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; "
                + "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        ("X-Frame-Options", "DENY"), ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"), ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]

    private var html: HTML {
        """
        <!doctype html>
        <html lang="\(words.language.rawValue)"><head><meta charset="utf-8"><title>\(title.withoutDirections) · Homeline</title>
        <meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
        <link rel="icon" type="image/svg+xml" href="\(Asset.icon.path)"><link rel="stylesheet" href="\(Asset.style.path)"><link rel="apple-touch-icon" href="\(Asset.smallIcon.path)"><link rel="manifest" href="\(Installing.manifestPath(words.language))"><meta name="theme-color" content="#0b5cad">
        <script src="\(Asset.script.path)" defer></script>\(scripts)</head><body\(" class=\"in-thread\"", if: isThread)>
        <a class="skip" href="#main">\(words.skip)</a>\(header)
        <main id="main">\(content)</main>\(keys)
        </body></html>
        """
    }

    /// Some that only those who are signed in have a use for, and the page's own.
    private var scripts: HTML {
        let all = (visitor == nil ? [] : [.writing, .notices]) + further
        return all.reduce(.nothing) { $0 + "<script src=\"\($1.path)\" defer></script>" }
    }

    /// What the keys do, shown by one of them.
    private var keys: HTML {
        guard visitor != nil else { return .nothing }
        let keys: [(String, String)] = [
            ("/", words.keySearch), ("n", words.keyNew), ("j k", words.keyMove), ("r", words.keyWrite), ("Ctrl Enter", words.keySend), ("Esc", words.keyBack), ("?", words.keyHelp),
        ]
        let rows = keys.map { "<dt><kbd>\($0)</kbd></dt><dd>\($1)</dd>" as HTML }
        return """
            <dialog id="keys" aria-label="\(words.keys)"><h2>\(words.keys)</h2><dl>\(rows)</dl><form method="dialog"><button class="plain">\(words.close)</button></form></dialog>
            """
    }

    private var header: HTML {
        guard let visitor else { return #"<header class="bar"><span class="brand">Homeline</span></header>"# }
        return """
            <header class="bar"><a class="brand" href="/">Homeline</a>\(sections(visitor))
            <form class="find" role="search" action="/search"><input type="search" name="q" aria-label="\(words.search)" placeholder="\(words.search)" maxlength="200"></form>
            <nav aria-label="\(words.you)"><a href="/new">\(words.new)</a> <a href="/you"><bdi>\(visitor.account.person.name)</bdi></a></nav></header>
            """
    }

    /// Nothing where there is only one.
    private func sections(_ visitor: Visitor) -> HTML {
        let scene = Scene.current
        let shown = scene.sections.filter { $0.isForAll || visitor.account.role == .owner }
        guard shown.count > 1 else { return .nothing }
        let links = shown.map { section in
            "<a href=\"\(section.path)\"\(" aria-current=\"page\"" as HTML, if: section.holds(scene.path))>\(section.name(words))</a> " as HTML
        }
        return "<nav class=\"sections\" aria-label=\"\(words.sections)\">\(links)</nav>"
    }
}
