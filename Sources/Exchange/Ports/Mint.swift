import Telephony

/// Makes names, and tells the time that stands in them. Time and randomness come from whoever builds it, so a test's names are always the same.
public struct Mint: WallClock {
    private let clock: any WallClock
    private let random: @Sendable () -> UInt64

    public init(clock: any WallClock, random: @escaping @Sendable () -> UInt64) {
        self.clock = clock
        self.random = random
    }

    public func now() -> Instant { clock.now() }

    /// A new name, sorting after those made before it in an earlier millisecond.
    public func identifier<Subject>(_ subject: Subject.Type = Subject.self) -> Identifier<Subject> {
        Identifier(at: clock.now(), random: (UInt16(truncatingIfNeeded: random()), random()))
    }

    /// A number below `bound`, for jitter.
    public func fraction() -> Double { Double(random() >> 11) / Double(1 << 53) }
}
