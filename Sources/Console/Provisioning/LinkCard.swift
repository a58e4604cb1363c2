import QR

/// A provisioning link for a phone beside this screen, and for this phone itself.
struct LinkCard {
    let link: String
    let reach: LinkReach
    let words: PeopleWords

    var html: HTML {
        """
        <section class="card"><h1>\(words.setUpAnApp)</h1><ol class="steps"><li>\(words.stepInstall)</li><li>\(words.stepScan)</li><li>\(words.stepWait)</li></ol>
        \(Self.code(of: link, words.codeOfLink))
        <p><code class="copy">\(link)</code></p>
        <p><a class="button" href="linphone-config:\(link)">\(words.openInLinphone)</a></p>
        <p class="note">\(words.linkIsGoodOnce) \(words.linkReplaces)</p>\(warnings)</section>
        """
    }

    private var warnings: HTML {
        switch reach {
        case .encrypted: .nothing
        case .untrusted: "<p class=\"mistake\">\(words.linkIsUntrusted)</p>"
        case .plain: "<p class=\"note\">\(words.linkIsPlain)</p>"
        case .refused: "<p class=\"mistake\">\(words.linkIsRefused)</p>"
        case .thisMachine: "<p class=\"mistake\">\(words.linkIsLocal)</p>"
        }
    }

    /// The code of a text; nothing where it is too long for one.
    static func code(of text: String, _ description: String) -> HTML {
        guard let code = QRCode(text) else { return .nothing }
        return """
            <svg class="qr" viewBox="0 0 \(code.width) \(code.width)" role="img" aria-label="\(description)" shape-rendering="crispEdges"><rect width="\(code.width)" height="\(code.width)" fill="#fff"/><path d="\(code.path)" fill="#000"/></svg>
            """
    }
}
