import HTTPStack
import Synchronization
import Telephony

/// Slows whoever guesses, and keeps nobody out whom somebody else guesses at.
///
/// A place has ten wrong tries in five minutes. An account has a hundred an hour from browsers that never signed in there, wherever they are;
/// then only browsers that did are let try, each with ten of its own. So it is with codes, of which ten an hour may be wrong. Passkeys cannot be
/// guessed and are never kept waiting.
final class Guesses: Sendable {
    private struct State {
        var places = FailedAttempts()
        var accounts = FailedAttempts(allowed: 100, within: .seconds(3600))
        /// Codes of six digits, asked for when the password was right: who gets so far and has no code knows too much already.
        var codes = FailedAttempts(allowed: 10, within: .seconds(3600))
    }

    private let state = Mutex(State())

    /// - Parameter browser: the name of a browser that signed in to this account before; nil for any other.
    func check(_ account: String, from source: Source, browser: String?, now: Instant) throws(TooManyAttempts) {
        let wait = state.withLock { state in
            state.places.wait(Self.place(source, browser), now: now) ?? (browser == nil ? state.accounts.wait(Self.name(account), now: now) : nil)
        }
        if let wait { throw TooManyAttempts(seconds: wait) }
    }

    func noteWrong(_ account: String, from source: Source, browser: String?, now: Instant) {
        state.withLock { state in
            state.places.note(Self.place(source, browser), now: now)
            if browser == nil { state.accounts.note(Self.name(account), now: now) }
        }
    }

    /// Counts a code as wrong before it is looked at, so that those sent at once are no more than those sent one after another.
    func takeCodeTry(of account: PersonID, browser: String? = nil, now: Instant) throws(TooManyAttempts) {
        let tries = Self.tries(account, browser)
        let wait = state.withLock { state -> Int? in
            if let wait = state.codes.wait(tries, now: now) { return wait }
            state.codes.note(tries, now: now)
            return nil
        }
        if let wait { throw TooManyAttempts(seconds: wait) }
    }

    /// The code was right.
    func giveBackCodeTry(of account: PersonID, browser: String? = nil) { state.withLock { $0.codes.forgive(Self.tries(account, browser)) } }

    /// Notes a passkey that is none; false when so many came from there that no more is to be said of it.
    func noteWrongPasskey(from source: Source, now: Instant) -> Bool {
        state.withLock { $0.places.note("passkey \(source.place)", now: now) == nil }
    }

    private static func place(_ source: Source, _ browser: String?) -> String { browser.map { "browser \($0)" } ?? source.place }
    /// No account has a space in its name.
    private static func tries(_ account: PersonID, _ browser: String?) -> String { browser.map { "\(account) \($0)" } ?? account.name }
    private static func name(_ account: String) -> String { String(account.prefix(64)) }
}

/// Too many wrong passwords or codes came from there.
struct TooManyAttempts: Error {
    let seconds: Int
}
