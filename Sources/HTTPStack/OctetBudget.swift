import Synchronization

/// How many octets strangers may make us hold all together.
public final class OctetBudget: Sendable {
    /// What anybody may send beside it: requests without files fit.
    public static let small = 64 * 1024

    private let limit: Int
    private let held = Mutex(0)

    /// - Parameter limit: octets.
    public init(limit: Int) { self.limit = limit }

    /// Whether there was room; what was taken is to be given back.
    public func take(_ octets: Int) -> Bool {
        held.withLock { held in
            guard octets <= limit - held else { return false }
            held += octets
            return true
        }
    }

    public func giveBack(_ octets: Int) { held.withLock { $0 -= octets } }

    /// Octets taken at the moment.
    public var taken: Int { held.withLock { $0 } }
}
