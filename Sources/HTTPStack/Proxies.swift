/// The proxies before us whose word is taken for who asks, and how.
///
/// They add to a list that whoever asks may have begun, so it is read from its end, as far as it was written by those we know. Only one kind
/// of field is read: a proxy that writes the one lets the other pass as it came, from anybody.
public struct Proxies: Sendable {
    /// How they say it.
    public enum Field: String, Sendable, CaseIterable {
        /// `X-Forwarded-For` and `X-Forwarded-Proto`, as nearly all do.
        case xForwarded = "x-forwarded"
        /// `Forwarded` (RFC 7239).
        case forwarded
    }

    private let trusted: [NetworkRange]
    private let field: Field
    /// Members of a list that are read at most.
    private static let longest = 32

    public init(_ trusted: [NetworkRange] = [], saying field: Field = .xForwarded) {
        self.trusted = trusted
        self.field = field
    }

    private struct Hop {
        /// Nil where it is hidden or unknown.
        let address: IPAddress?
        let transport: Request.Transport?
    }

    /// The request as its sender sent it, where it came by a proxy that we know; else as it is.
    func seenThrough(_ request: Request) -> Request {
        guard !trusted.isEmpty, case .network(let text) = request.source, let peer = IPAddress(text), isTrusted(peer) else { return request }
        var request = request
        var source = peer
        var transport: Request.Transport?
        for hop in hops(request).suffix(Self.longest).reversed() {
            transport = hop.transport ?? transport
            guard let address = hop.address else { break }
            source = address.unmapped
            guard isTrusted(source) else { break }
        }
        request.source = .network("\(source)")
        request.transport = transport ?? request.transport
        return request
    }

    private func isTrusted(_ address: IPAddress) -> Bool { trusted.contains { $0.contains(address) } }

    private func hops(_ request: Request) -> [Hop] {
        switch field {
        case .xForwarded:
            let said = Self.members(request.header("X-Forwarded-Proto")).last.flatMap(Self.transport)
            let addresses = Self.members(request.header("X-Forwarded-For")).map { Hop(address: Self.address($0), transport: said) }
            return addresses.isEmpty ? [Hop(address: nil, transport: said)] : addresses
        case .forwarded:
            return Self.members(request.header("Forwarded")).map(Self.hop)
        }
    }

    /// `for="[2001:db8::1]:4711";proto=https`
    private static func hop(_ member: Substring) -> Hop {
        var address: IPAddress?
        var transport: Request.Transport?
        for pair in member.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch trimmed(parts[0]).lowercased() {
            case "for": address = self.address(trimmed(parts[1]))
            case "proto": transport = self.transport(trimmed(parts[1]))
            default: break
            }
        }
        return Hop(address: address, transport: transport)
    }

    private static func transport(_ text: Substring) -> Request.Transport? {
        switch text.lowercased() {
        case "https": .encrypted
        case "http": .plain
        default: nil
        }
    }

    /// An address, in brackets where it is of IPv6 and has a port.
    private static func address(_ text: Substring) -> IPAddress? {
        if text.hasPrefix("[") { return IPAddress(String(text.dropFirst().prefix { $0 != "]" })) }
        return IPAddress(String(text)) ?? IPAddress(String(text.prefix { $0 != ":" }))
    }

    private static func members(_ field: String?) -> [Substring] { (field ?? "").split(separator: ",").map(trimmed) }

    /// Without blanks and quotation marks around it.
    private static func trimmed(_ text: Substring) -> Substring {
        let isOuter: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\"" }
        var text = text.drop(while: isOuter)
        while let last = text.last, isOuter(last) { text.removeLast() }
        return text
    }
}
