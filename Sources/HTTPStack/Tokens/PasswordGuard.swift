import Synchronization
import Telephony

/// Tells who calls by a name and a password of the settings. Passwords are held as hashes and compared in constant time; who guesses at one
/// is made to wait.
public final class PasswordGuard: Sendable {
    public enum Verdict: Hashable, Sendable {
        case known
        case wrong
        /// Too many wrong ones for this name from there: nothing is compared for so many seconds.
        case wait(seconds: Int)
    }

    private struct State {
        var failures = FailedAttempts()
        /// When those who have to wait may try again.
        var waits: [String: Instant] = [:]

        /// Half at once, those that end last staying: who fills it with names of nobody must not be rid of waiting.
        mutating func makeRoom() {
            let last = waits.sorted { $0.value > $1.value }.prefix(FailedAttempts.sourceLimit / 2)
            waits = Dictionary(uniqueKeysWithValues: last.map { ($0.key, $0.value) })
        }
    }

    /// Octets of a name. A longer one is nobody's, and is neither looked up nor kept: of some characters that alone takes minutes.
    private static let longestName = 256

    private let secrets: [String: KnownSecret]
    private let clock: any WallClock
    private let state = Mutex(State())

    /// - Parameter passwords: by the name of who has them.
    public convenience init(passwords: [String: String], clock: any WallClock) {
        self.init(secrets: passwords.mapValues(KnownSecret.init(_:)), clock: clock)
    }

    public init(secrets: [String: KnownSecret], clock: any WallClock) {
        self.secrets = secrets
        self.clock = clock
    }

    public func check(name: String, password: String, source: Source) -> Verdict {
        let name = name.utf8.count <= Self.longestName ? name : ""
        if let seconds = wait(of: name, source) { return .wait(seconds: seconds) }
        // For a name that nobody has as much is done, so that the time does not tell.
        let known = name.isEmpty ? nil : secrets[name]
        guard (known ?? Self.nobody).equals(password), known != nil else { return refuse(Self.place(source, name)) }
        return .known
    }

    /// How long this one has to wait; nobody has to, mostly, and then nothing is looked up.
    private func wait(of name: String, _ source: Source) -> Int? {
        guard state.withLock({ !$0.waits.isEmpty }) else { return nil }
        let place = Self.place(source, name), now = clock.now()
        return state.withLock { state in
            guard let until = state.waits[place] else { return nil }
            // Nobody waits longer than a window: where it seems so, the clock was set back.
            if until > now, until - now <= FailedAttempts.window { return max(1, Int((until - now).components.seconds)) }
            state.waits[place] = nil
            return nil
        }
    }

    private func refuse(_ place: String) -> Verdict {
        let now = clock.now()
        return state.withLock { state in
            guard let wait = state.failures.note(place, now: now) else { return .wrong }
            if state.waits.count >= FailedAttempts.sourceLimit { state.makeRoom() }
            state.waits[place] = now + .seconds(wait)
            return .wait(seconds: wait)
        }
    }

    /// Who guesses from behind the same proxy at one name keeps nobody out who has another.
    private static func place(_ source: Source, _ name: String) -> String {
        switch source {
        case .local: "local \(name.prefix(64))"
        case .network(let address): "\(IPAddress.countingKey(address)) \(name.prefix(64))"
        }
    }

    private static let nobody = KnownSecret("")
}
