import HTTPStack

/// What the cookie of a browser that is signed in holds: a part that stays for as long as it is, and one that is made anew each day and
/// whenever the browser may do more. Forms are bound to the part that stays, so that what is being written outlives the other.
struct SignInSecret: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    /// A new one, or one of the same browser.
    init(renewing old: SignInSecret? = nil, mint: () -> String) { text = (old?.lasting ?? mint()) + "." + mint() }

    /// A secret of an earlier release has one part.
    var lasting: String { String(text.prefix { $0 != "." }) }
    var hash: String { TokenSecret.hash(text) }
    var series: String { TokenSecret.hash(lasting) }
}
