import Telephony

/// Who looks at a page.
struct Visitor: Sendable {
    let account: Account
    /// The lines whose messages they see; nil for all.
    let lines: [LineID]?
    let signIn: SignIn
    /// What the browser's cookie holds.
    let secret: SignInSecret

    var token: FormToken { FormToken(of: secret.lasting) }
    var hash: String { signIn.hash }

    func sees(_ line: LineID) -> Bool { lines?.contains(line) ?? true }
}
