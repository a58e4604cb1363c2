import Synchronization

/// Counts the listeners of the API that are bound.
final class OpenDoors: Sendable {
    private let closed: Mutex<Int>

    init(_ count: Int) { closed = Mutex(count) }

    func open() { closed.withLock { $0 -= 1 } }

    var areAll: Bool { closed.withLock { $0 <= 0 } }
}
