import HTTPStack

/// The addresses of a data session, from what `qmicli` and `mbimcli` print.
struct SessionAddresses: Hashable, Sendable {
    let address: IPAddress
    let prefixLength: Int
    let gateway: IPAddress?
    let resolvers: [IPAddress]

    /// `IPv4 address: 10.0.0.2` and its like, right-aligned.
    init?(qmi output: String) {
        guard let address = Self.value("IPv4 address", in: output).flatMap({ IPAddress($0) }) else { return nil }
        self.address = address
        prefixLength = Self.value("IPv4 subnet mask", in: output).flatMap { IPAddress($0) }?.maskLength ?? 32
        gateway = Self.value("IPv4 gateway address", in: output).flatMap { IPAddress($0) }
        resolvers = ["IPv4 primary DNS", "IPv4 secondary DNS"].compactMap { Self.value($0, in: output) }.compactMap { IPAddress($0) }
    }

    /// `IP [0]: '10.0.0.2/29'` and its like; IPv4 comes first.
    init?(mbim output: String) {
        guard let parts = output.quoted(after: "IP [0]")?.split(separator: "/"), let text = parts.first, let address = IPAddress(String(text)) else {
            return nil
        }
        self.address = address
        prefixLength = parts.dropFirst().first.flatMap { Int($0) }.flatMap { (1...128).contains($0) ? $0 : nil } ?? 32
        gateway = output.quoted(after: "Gateway").flatMap { IPAddress($0) }
        resolvers = ["DNS [0]", "DNS [1]"].compactMap { output.quoted(after: $0) }.compactMap { IPAddress($0) }
            .filter { $0.octets.count == address.octets.count }
    }

    func setup(_ interface: String, index: Int) -> InterfaceSetup {
        InterfaceSetup(interface: interface, address: address, prefixLength: prefixLength, gateway: gateway, index: index)
    }

    private static func value(_ name: String, in output: String) -> String? {
        for line in output.split(separator: "\n") {
            let words = line.split(separator: ":", maxSplits: 1)
            guard words.count == 2, words[0].trimmed == name else { continue }
            return words[1].trimmed
        }
        return nil
    }
}

extension Substring {
    fileprivate var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}

extension String {
    /// The text in quotes on the first line that has the name and a colon: `Gateway: '10.0.0.1'`.
    func quoted(after name: String) -> String? {
        for line in split(separator: "\n") {
            guard let place = line.firstRange(of: "\(name): '") else { continue }
            return String(line[place.upperBound...].prefix { $0 != "'" })
        }
        return nil
    }

    var isNumber: Bool { !isEmpty && utf8.count <= 10 && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
