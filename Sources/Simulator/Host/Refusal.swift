/// A request of the outside world that cannot be carried out.
public struct Refusal: Error, Equatable, CustomStringConvertible {
    public let reason: String
    public var description: String { reason }
}
