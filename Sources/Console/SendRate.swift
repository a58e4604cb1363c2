import Synchronization
import Telephony

/// How many messages each caller may have sent in a minute: a stolen or runaway token must not empty a SIM card's credit.
///
/// A bucket a caller holds a minute's worth and is refilled evenly. A message counts once for each recipient; one that is begun within
/// the limit is carried out, and what it took too much is waited for afterwards.
public final class SendRate: Sendable {
    private struct Bucket {
        var left: Double
        var at: Instant
    }

    /// Callers are tokens, which the owner makes; full buckets are forgotten beyond this many.
    private static let bucketLimit = 1024
    /// What rounding may lack of a whole message.
    private static let tolerance = 1e-6

    private let perMinute: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    public init(perMinute: Int) { self.perMinute = perMinute }

    /// Takes what a message counts; nil when the caller may send it, else the seconds until one may be sent again.
    func take(_ count: Int, from caller: String, now: Instant) -> Int? {
        buckets.withLock { buckets in
            var bucket = filled(buckets[caller], now: now)
            guard bucket.left < 1 - Self.tolerance else {
                bucket.left -= Double(count)
                buckets[caller] = bucket
                if buckets.count > Self.bucketLimit { buckets = buckets.filter { filled($0.value, now: now).left < Double(perMinute) } }
                return nil
            }
            buckets[caller] = bucket
            return max(1, Int(((1 - Self.tolerance - bucket.left) * 60 / Double(perMinute)).rounded(.up)))
        }
    }

    /// Gives back what was taken for a message that was not one.
    func giveBack(_ count: Int, to caller: String) {
        buckets.withLock { buckets in
            if let left = buckets[caller]?.left { buckets[caller]?.left = min(Double(perMinute), left + Double(count)) }
        }
    }

    private func filled(_ bucket: Bucket?, now: Instant) -> Bucket {
        guard let bucket else { return Bucket(left: Double(perMinute), at: now) }
        // A clock that went back neither fills nor empties.
        let passed = max(.zero, now - bucket.at) / .seconds(60)
        return Bucket(left: min(Double(perMinute), bucket.left + passed * Double(perMinute)), at: now)
    }
}
