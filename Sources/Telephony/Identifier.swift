/// A 128-bit name that sorts by the time of its making; written as 26 characters of Crockford's base 32 (a ULID).
///
/// The type parameter keeps a message's name from being taken for a delivery's.
public struct Identifier<Subject>: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Mints a name: 48 bits of time, 80 bits of `random`.
    public init(at instant: Instant, random: (UInt16, UInt64)) {
        self.init(high: UInt64(truncatingIfNeeded: instant.milliseconds) << 16 | UInt64(random.0), low: random.1)
    }

    /// Reads the 26 characters; nil for anything else. Case is ignored.
    public init?(_ text: some StringProtocol) {
        let characters = text.utf8
        guard characters.count == 26 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (position, character) in characters.enumerated() {
            guard let value = base32Value(of: character), position > 0 || value < 8 else { return nil }
            high = high << 5 | low >> 59
            low = low << 5 | UInt64(value)
        }
        self.init(high: high, low: low)
    }

    public static func < (one: Self, other: Self) -> Bool {
        one.high != other.high ? one.high < other.high : one.low < other.low
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String {
        String(unsafeUninitializedCapacity: 26) { characters in
            var high = high
            var low = low
            for position in stride(from: 25, through: 0, by: -1) {
                characters[position] = base32Digits[Int(low & 31)]
                low = low >> 5 | high << 59
                high >>= 5
            }
            return 26
        }
    }
}

private let base32Digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

private func base32Value(of character: UInt8) -> UInt8? {
    let upper = character >= UInt8(ascii: "a") ? character & 0xDF : character
    return base32Digits.firstIndex(of: upper).map(UInt8.init)
}

public typealias ReceiptID = Identifier<Receipt>
public typealias MessageID = Identifier<Message>
public typealias DeliveryID = Identifier<Delivery>
public typealias AttemptID = Identifier<Attempt>
