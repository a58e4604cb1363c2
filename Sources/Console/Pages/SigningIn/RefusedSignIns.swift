import Synchronization
import Telephony

/// When sign-ins were refused lately, for who watches.
public final class RefusedSignIns: Sendable {
    private static let room = 1000
    private let times = Mutex<[Instant]>([])

    public init() {}

    func note(_ at: Instant) {
        times.withLock { times in
            times.append(at)
            if times.count > Self.room { times.removeFirst(times.count - Self.room) }
        }
    }

    public func count(since: Instant) -> Int { times.withLock { $0.count { $0 >= since } } }
}
