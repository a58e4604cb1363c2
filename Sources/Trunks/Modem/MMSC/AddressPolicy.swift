import HTTPStack

/// Where a message may be fetched from. A notification can be sent by anybody, so its address must not lead into the house.
struct AddressPolicy: Hashable, Sendable {
    /// A host that the carrier's profile or the settings name, any port unless it says which.
    struct NamedHost: Hashable, Sendable {
        /// Lower case.
        let host: String
        let port: Int?

        init(host: String, port: Int? = nil) {
            self.host = host.lowercased()
            self.port = port
        }

        func matches(_ url: WebURL) -> Bool { host == url.host && (port == nil || port == url.port) }
    }

    let named: [NamedHost]
    let context: BearerContext

    /// Why this URL is not asked for; nil when it may be.
    func refusal(of address: ContentAddress) -> String? {
        let url = address.url
        if isNamed(url) { return nil }
        guard context.interface != nil else {
            return "\(url.host) is not on the carrier's bearer; 'hosts' in the line's mms section allows it"
        }
        guard url.port >= 1024 || [80, 443].contains(url.port) else { return "port \(url.port) of \(url.host) is no MMSC's" }
        return nil
    }

    /// The addresses to try, the same family as our own first.
    func allowed(among addresses: [IPAddress], for address: ContentAddress) -> [IPAddress] {
        let fit = addresses.map(\.unmapped).filter { mayConnect($0, for: address.url) }
        guard let own = context.address else { return fit }
        return fit.filter { $0.octets.count == own.octets.count } + fit.filter { $0.octets.count != own.octets.count }
    }

    private func isNamed(_ url: WebURL) -> Bool { named.contains { $0.matches(url) } }

    private func mayConnect(_ address: IPAddress, for url: WebURL) -> Bool {
        guard !address.isOfThisMachine else {
            // Only who writes 127.0.0.1 means 127.0.0.1; a name that turns out to be it is a trick.
            return isNamed(url) && (IPAddress(url.host) == address || url.host == "localhost")
        }
        return isNamed(url) || (context.interface != nil && !isOfTheStick(address))
    }

    /// The network between us and a modem that is a router: its own pages live there, and no MMSC does. Shorter prefixes and point-to-point
    /// links are the carrier's.
    private func isOfTheStick(_ address: IPAddress) -> Bool {
        guard let own = context.address, let bits = context.prefixLength, (8...29).contains(bits), own.octets.count == address.octets.count else {
            return false
        }
        return own.shares(bits, with: address)
    }
}

extension IPAddress {
    /// Loopback, link-local, multicast, broadcast and unspecified addresses: never an MMSC.
    var isOfThisMachine: Bool {
        let octets = unmapped.octets
        if octets.count == 4 { return octets[0] == 0 || octets[0] == 127 || octets[0] >= 224 || (octets[0] == 169 && octets[1] == 254) }
        let isLoopbackOrNone = octets.dropLast().allSatisfy { $0 == 0 } && octets[15] <= 1
        return isLoopbackOrNone || octets[0] == 0xFF || (octets[0] == 0xFE && octets[1] & 0xC0 == 0x80)
    }

    /// Whether the first bits of both are the same.
    func shares(_ bits: Int, with other: IPAddress) -> Bool {
        for (index, (mine, theirs)) in zip(octets, other.octets).enumerated() {
            let significant = min(8, bits - index * 8)
            guard significant > 0 else { return true }
            if (mine ^ theirs) >> (8 - significant) != 0 { return false }
        }
        return true
    }
}
