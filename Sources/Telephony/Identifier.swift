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
        guard let number = base32Number(String(text).utf8.span) else { return nil }
        self.init(high: number.high, low: number.low)
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

/// The value of each octet as a digit, either case; 255 for those that are none.
private let base32Values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, digit) in zip(UInt8(0)..., base32Digits) {
        values[Int(digit)] = value
        if digit >= UInt8(ascii: "A") { values[Int(digit | 0x20)] = value }
    }
    return values
}()

/// Apart from the type, whose parameter makes no difference: names are read with every row.
private func base32Number(_ digits: Span<UInt8>) -> (high: UInt64, low: UInt64)? {
    guard digits.count == 26 else { return nil }
    let values = base32Values.span
    var (high, low): (UInt64, UInt64) = (0, 0)
    for position in digits.indices {
        let value = values[Int(digits[position])]
        // 26 digits hold 130 bits.
        guard value < (position > 0 ? 32 : 8) else { return nil }
        high = high << 5 | low >> 59
        low = low << 5 | UInt64(value)
    }
    return (high, low)
}

public typealias ReceiptID = Identifier<Receipt>
public typealias MessageID = Identifier<Message>
public typealias DeliveryID = Identifier<Delivery>
public typealias AttemptID = Identifier<Attempt>
