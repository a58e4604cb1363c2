import Wire

/// A host name, IPv4 address or IPv6 reference.
public struct Host: Hashable, Sendable, CustomStringConvertible {
    /// As written, without the brackets of an IPv6 reference.
    public let text: String
    public let isIPv6: Bool

    init(unchecked text: String) {
        self.text = text
        isIPv6 = false
    }

    /// A name or an address; IPv6 with or without brackets. Nil when it is none of these.
    public init?(_ text: String) {
        var octets = Array(text.utf8)[...]
        if octets.contains(UInt8(ascii: ":")), octets.first != UInt8(ascii: "[") {
            octets = [UInt8(ascii: "[")] + octets + [UInt8(ascii: "]")]
        }
        guard let decoded = try? Host.decode(octets), decoded.port == nil else { return nil }
        self = decoded.host
    }

    private init(reference octets: ArraySlice<UInt8>) throws(DecodeError) {
        guard IPv6.groups(octets) != nil else { throw DecodeError("host", at: octets.startIndex, .invalid("an IPv6 address expected")) }
        text = String(decoding: octets, as: UTF8.self)
        isIPv6 = true
    }

    public var description: String { isIPv6 ? "[\(text)]" : text }

    /// `host [ ":" port ]`.
    func append(to text: inout String, port: Int?) {
        text += description
        guard let port else { return }
        text += ":"
        text += String(port)
    }

    /// Names without case, IPv6 addresses by value.
    public func isEquivalent(to other: Host) -> Bool {
        guard isIPv6 == other.isIPv6 else { return false }
        return isIPv6 ? IPv6.groups(Array(text.utf8)[...]) == IPv6.groups(Array(other.text.utf8)[...]) : Grammar.equalIgnoringCase(text, other.text)
    }

    /// `host [ ":" port ]`, all of it.
    static func decode(_ octets: ArraySlice<UInt8>) throws(DecodeError) -> (host: Host, port: Int?) {
        let host: Host
        let rest: ArraySlice<UInt8>
        if octets.first == UInt8(ascii: "[") {
            guard let close = octets.firstIndex(of: UInt8(ascii: "]")) else { throw DecodeError("host", at: octets.endIndex, .invalid("']' expected")) }
            host = try Host(reference: octets[..<close].dropFirst())
            rest = octets[(close + 1)...]
        } else {
            let end = octets.firstIndex { !Grammar.isHost($0) } ?? octets.endIndex
            guard end > octets.startIndex else { throw DecodeError("host", at: octets.startIndex, .invalid("a host expected")) }
            host = Host(unchecked: String(decoding: octets[..<end], as: UTF8.self))
            rest = octets[end...]
        }
        guard !rest.isEmpty else { return (host, nil) }
        guard rest.first == UInt8(ascii: ":"), let port = Lexer.number(rest.dropFirst(), limit: 65_535) else {
            throw DecodeError("port", at: rest.startIndex, .invalid("a port expected"))
        }
        return (host, port)
    }
}
