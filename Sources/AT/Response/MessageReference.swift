/// The reference a modem gave a submitted message (`+CMGS: mr[,…]`, TS 27.005 §3.5.1).
public struct MessageReference: Equatable, Sendable {
    public var value: UInt8

    /// Nil when the line holds no number of 0…255.
    public init?(line: String) {
        guard let value = Parameters(line, after: "+CMGS:")?.int(0).flatMap(UInt8.init(exactly:)) else { return nil }
        self.value = value
    }
}
