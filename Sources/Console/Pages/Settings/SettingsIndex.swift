import HTTPStack

/// `/settings`: what an owner can change, and look up.
struct SettingsIndex {
    let pages: Pages

    /// In the order in which they are looked for; whatever has a page here adds a line.
    static func links(_ words: Words) -> [(path: String, name: String, text: String)] {
        [
            ("/settings/tokens", words.tokens, words.tokensText),
            ("/settings/audit", words.auditLog, words.auditText),
            (TunnelPages.path, words.tunnel.title, words.tunnel.purpose),
            ("/settings/backup", words.backup, words.backupText),
            ("/settings/moving", words.moveMessages, words.moveText),
        ]
    }

    var operation: Operation {
        pages.ownersPage("/settings") { _, visitor in
            let words = pages.words
            let rows = Self.links(words).map { link in
                "<li><p><a href=\"\(link.path)\"><strong>\(link.name)</strong></a></p><p class=\"quiet\">\(link.text)</p></li>" as HTML
            }
            let content: HTML = "<div class=\"cards\"><h1>\(words.settings)</h1><ul class=\"card facts\">\(rows)</ul>\(pages.programNote)</div>"
            return Layout(title: words.settings, visitor: visitor, content: content).response()
        }
    }
}
