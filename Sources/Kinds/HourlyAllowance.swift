import HTTPStack
import Synchronization
import Telephony

/// How many messages each source may have sent in an hour: a window that slides, in bounded memory.
public final class HourlyAllowance: Sendable {
    private static let window: Duration = .seconds(3600)
    private static let sourceLimit = 4096

    private let limit: Int
    private let sends = Mutex<[String: [Instant]]>([:])

    public init(_ limit: Int) { self.limit = limit }

    /// Takes one; nil when there was one left, else the seconds until there is.
    public func take(_ source: String, now: Instant) -> Int? {
        sends.withLock { sends in
            // What a clock that went back places in the future counts as of now.
            var taken = sends[source, default: []].filter { now - $0 < Self.window }.map { min($0, now) }
            guard taken.count < limit else {
                sends[source] = taken
                return max(1, Int(((taken[taken.count - limit] + Self.window - now).wholeMilliseconds + 999) / 1000))
            }
            makeRoom(in: &sends, now: now)
            taken.append(now)
            sends[source] = taken
            return nil
        }
    }

    /// Gives back the last one taken, for a message that was not sent.
    public func giveBack(_ source: String) {
        sends.withLock { sends in
            if let taken = sends[source], !taken.isEmpty { sends[source] = taken.dropLast() }
        }
    }

    /// Where there are too many sources, those that sent longest ago are forgotten.
    private func makeRoom(in sends: inout [String: [Instant]], now: Instant) {
        guard sends.count >= Self.sourceLimit else { return }
        sends = sends.filter { $0.value.contains { now - $0 < Self.window } }
        guard sends.count >= Self.sourceLimit else { return }
        let latest = sends.sorted { ($0.value.last ?? now) > ($1.value.last ?? now) }.prefix(Self.sourceLimit / 2)
        sends = Dictionary(uniqueKeysWithValues: latest.map { ($0.key, $0.value) })
    }
}
