/// A value of CBOR (RFC 8949), as far as authenticators write it: of definite length, and bounded.
public indirect enum CBOR: Hashable, Sendable {
    case unsigned(UInt64)
    /// −1 − n (§3.1, major type 1).
    case negative(UInt64)
    case octets([UInt8])
    case text(String)
    case array([CBOR])
    /// In the order of the input; no key comes twice.
    case map([Entry])
    case tagged(UInt64, CBOR)
    /// False is 20, true 21, null 22, undefined 23 (§3.3).
    case simple(UInt8)
    /// The bits of an IEEE 754 number of so many octets: 2, 4 or 8.
    case float(UInt64, octets: Int)

    public struct Entry: Hashable, Sendable {
        public let key: CBOR
        public let value: CBOR

        public init(_ key: CBOR, _ value: CBOR) {
            self.key = key
            self.value = value
        }
    }

    /// An integer of either sign.
    public static func integer(_ number: Int64) -> CBOR { number < 0 ? .negative(UInt64(-1 - number)) : .unsigned(UInt64(number)) }

    /// The value of a map's key; nil where it is absent or this is no map.
    public subscript(key: CBOR) -> CBOR? {
        guard case .map(let entries) = self else { return nil }
        return entries.first { $0.key == key }?.value
    }

    public var octets: [UInt8]? { if case .octets(let octets) = self { octets } else { nil } }
    public var text: String? { if case .text(let text) = self { text } else { nil } }

    /// Nil for what is no integer, or none of 64 bits with a sign.
    public var integer: Int64? {
        switch self {
        case .unsigned(let number): Int64(exactly: number)
        case .negative(let number): Int64(exactly: number).map { -1 - $0 }
        default: nil
        }
    }
}
