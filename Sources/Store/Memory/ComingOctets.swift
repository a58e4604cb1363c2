import Synchronization

/// Octets that are on their way into a store.
final class ComingOctets: Sendable {
    private let octets = Mutex(0)

    var count: Int { octets.withLock { $0 } }

    func add(_ count: Int) { octets.withLock { $0 += count } }
}
