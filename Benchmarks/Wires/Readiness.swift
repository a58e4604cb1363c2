import Glibc

/// Which of several descriptors have something to read.
struct Readiness {
    private var entries: [pollfd]

    init(_ descriptors: [Int32]) {
        entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    }

    mutating func add(_ descriptor: Int32) {
        entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
    }

    /// Looks away from a descriptor that has ended.
    mutating func ignore(_ place: Int) {
        entries[place].fd = -1
    }

    /// Places of the ready ones; empty when the time is over.
    mutating func wait(milliseconds: Int32) throws -> [Int] {
        let count = poll(&entries, nfds_t(entries.count), milliseconds)
        guard count >= 0 || errno == EINTR else { throw BenchError.system("poll") }
        guard count > 0 else { return [] }
        return entries.indices.filter { entries[$0].revents != 0 && entries[$0].fd >= 0 }
    }
}
