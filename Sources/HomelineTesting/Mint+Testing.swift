import Exchange
import Synchronization
import Telephony

extension Mint {
    /// Names that are the same in every run: time from `clock`, the rest from a counter stirred by a fixed rule (SplitMix64).
    public static func repeatable(_ clock: any WallClock, seed: UInt64 = 1) -> Mint {
        let stirred = Stirred(seed)
        return Mint(clock: clock, random: stirred.next)
    }
}

/// A repeatable source of numbers that several tasks may ask.
private final class Stirred: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) { state = Mutex(seed) }

    @Sendable func next() -> UInt64 {
        var number = state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            return state
        }
        number = (number ^ number >> 30) &* 0xBF58_476D_1CE4_E5B9
        number = (number ^ number >> 27) &* 0x94D0_49BB_1331_11EB
        return number ^ number >> 31
    }
}
