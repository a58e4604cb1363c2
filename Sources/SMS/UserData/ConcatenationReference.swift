/// The number that the segments of one message share, in either width. The same number in the other width is another reference.
public enum ConcatenationReference: Hashable, Sendable {
    case short(UInt8)
    case long(UInt16)

    public var number: UInt16 {
        switch self {
        case .short(let number): UInt16(number)
        case .long(let number): number
        }
    }
}
