import Kinds
import Telephony

/// Sees to it that no try at the router's password is wasted: one that was refused is never sent again, and while the router is locked none is.
struct LoginGuard: Sendable {
    /// Where the router does not say how long it is locked.
    static let usualLock: Duration = .seconds(600)
    static let longestLock: Duration = .seconds(86_400)

    private let attempt: SecretAttempt
    private let memory: any RefusedSecrets
    private var isRefused: Bool?
    private var lock: Range<Instant>?

    init(password: String, peer: String, memory: any RefusedSecrets) {
        attempt = SecretAttempt(password, of: peer)
        self.memory = memory
    }

    /// Why the password is not sent now; nil when it may be.
    mutating func obstacle(now: Instant) -> Obstacle? {
        let isRefused = isRefused ?? memory.hasFailed(attempt)
        self.isRefused = isRefused
        if isRefused { return .wrongPassword }
        // A clock that was set back does not lock the router for longer; whether it still is, it says itself.
        if let lock, lock.contains(now) { return .lockedOut(until: lock.upperBound) }
        return nil
    }

    /// The router is locked, by its own word, for so many minutes.
    mutating func isLocked(minutes: Int?, now: Instant) -> Obstacle {
        let wait = minutes.map { Duration.seconds(60 * min(max(1, Int64($0)), Self.longestLock.components.seconds / 60)) } ?? Self.usualLock
        let until = now + wait
        lock = now..<until
        return .lockedOut(until: until)
    }

    /// The router judged the password. Where that cannot be noted on the disk it is known until the process ends.
    mutating func wasRefused() -> Obstacle {
        isRefused = true
        _ = memory.willTry(attempt)
        return .wrongPassword
    }
}
