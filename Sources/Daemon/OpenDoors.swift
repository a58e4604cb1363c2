import Synchronization

/// Counts the doors of the HTTP API that stand open: the local socket, and the network's where one is configured.
final class OpenDoors: Sendable {
    private let wanted: Int
    private let opened = Mutex(0)

    init(_ wanted: Int) { self.wanted = wanted }

    func open() { opened.withLock { $0 += 1 } }

    var areAll: Bool { opened.withLock { $0 } >= wanted }
}
