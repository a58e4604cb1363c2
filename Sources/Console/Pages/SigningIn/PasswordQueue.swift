import Foundation
import HTTPStack
import Synchronization

/// Hashes passwords one at a time on a thread of its own: each takes memory and time, and strangers may ask for it.
final class PasswordQueue: Sendable {
    private let queue = DispatchQueue(label: "homeline.passwords")
    private let room = Mutex(PasswordRoom())
    private let cost: PasswordHash.Cost
    /// Tried where there is no such account, so that the time does not tell.
    private let decoy: String

    init(cost: PasswordHash.Cost) {
        self.cost = cost
        decoy = PasswordHash.decoy(cost)
    }

    func hash(_ password: String) async throws -> String {
        try await perform(for: .known) { [cost] in try PasswordHash(of: password, cost: cost).text }
    }

    /// Whether it is the password of this hash; nil is nobody's.
    func matches(_ password: String, _ hash: String?, for asker: PasswordRoom.Asker) async throws -> Bool {
        try await perform(for: asker) { [decoy] in PasswordHash.matches(password, hash ?? decoy) && hash != nil }
    }

    private func perform<Value: Sendable>(for asker: PasswordRoom.Asker, _ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        guard room.withLock({ $0.enter(asker) }) else { throw Problem(503, "unavailable", "Too many sign in at once", retryAfter: 5) }
        defer { room.withLock { $0.leave(asker) } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
