/// A header field as it came: what is not known, came twice, or does not read as its name promises.
public struct Header: Hashable, Sendable {
    public var name: HeaderName
    public var value: HeaderValue

    public init(_ name: HeaderName, _ value: HeaderValue) {
        self.name = name
        self.value = value
    }
}
