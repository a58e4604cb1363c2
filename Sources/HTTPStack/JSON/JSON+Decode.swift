/// Why octets are not the JSON we take.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Octets before the place.
    public let offset: Int
    public let reason: String

    public var description: String { "Not valid JSON at octet \(offset): \(reason)" }
}

extension JSON {
    /// Deepest nesting that is taken.
    public static let depthLimit = 16

    /// Reads exactly one value.
    public init(decoding octets: [UInt8]) throws(JSONError) {
        var scanner = JSONScanner(octets)
        self = try scanner.document()
    }
}
