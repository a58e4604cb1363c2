/// The configured name of a line, `home`. Also the key of its section in the settings.
public struct LineID: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.init(name) }

    /// The line that persons of one Homeline use among themselves; it has no number and no trunk.
    public static let house: LineID = "house"

    public var description: String { name }
    public static func < (one: Self, other: Self) -> Bool { one.name < other.name }
}

/// The name of a person, the user part of their SIP account.
public struct PersonID: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.init(name) }

    public var description: String { name }
    public static func < (one: Self, other: Self) -> Bool { one.name < other.name }
}

/// One app instance of a person: the SIP `+sip.instance` URN where the app gives one, else its contact address.
public struct DeviceID: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let name: String

    /// The app itself named it (`+sip.instance`, RFC 5626 §4.1); else it was named after the address that it came from first.
    public var isInstance: Bool { name.hasPrefix("urn:") }

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.init(name) }

    public var description: String { name }
}

/// One of several programs that an endpoint tells of messages: `alice/callback`.
public struct ReceiverID: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.init(name) }

    public var description: String { name }
    public static func < (one: Self, other: Self) -> Bool { one.name < other.name }
}

/// The configured name of an endpoint: `softphone`, or the name of a webhook's section.
public struct EndpointID: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let name: String

    public init(_ name: String) { self.name = name }
    public init(stringLiteral name: String) { self.init(name) }

    public static let softphone: EndpointID = "softphone"

    public var description: String { name }
}
