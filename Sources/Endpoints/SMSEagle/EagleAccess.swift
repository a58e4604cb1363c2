import HTTPStack

/// Who may send: by `access_token`, or by `login` and `pass`.
struct EagleAccess: Sendable {
    let secret: KnownSecret
    let login: String?
    let guarding: SecretGuard

    func admit(_ wish: EagleWish, from source: Source) throws(EagleRefusal) {
        // The same work is done for a login that is wrong, so that the time does not tell.
        let isRight = wish.secret.map { secret.equals($0) && (wish.login == nil || wish.login == login) }
        switch guarding.judge(isRight, from: source) {
        case .right: return
        case .wrong(let wait): throw wish.login == nil && wish.secret != nil ? .wrongToken(wait: wait) : .wrongLogin(wait: wait)
        }
    }
}
