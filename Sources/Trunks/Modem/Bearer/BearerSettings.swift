import HTTPStack
import Settings

/// How a line's data context is brought up.
public struct BearerSettings: Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The machine's own route.
        case host
        /// The modem's network interface, its context activated by AT commands.
        case network
        /// `pppd` over the modem's second serial port.
        case ppp
        /// `qmicli` and the modem's network interface.
        case qmi
        /// `mbimcli` and the modem's network interface.
        case mbim
    }

    /// Nil: what the modem's profile says.
    public var kind: Kind?
    public var interface: String?
    /// A serial port for PPP, a control device for QMI and MBIM.
    public var dataPort: String?
    /// The modem's number of the context (`<cid>`, TS 27.007 §10.1.1).
    public var context = 1
    public var resolvers: [IPAddress] = []
    /// Hosts that may be asked on the machine's own route.
    public var hosts: [String] = []
    public var idle = Duration.seconds(60)

    public init() {}
}

extension BearerSettings {
    static let kindKey = Key<Kind>.choice(
        "bearer",
        "The data connection: network, the modem's own interface; ppp, qmi, mbim by their programs; host, this machine's own route. Left out, the make decides.",
        example: "network", Dictionary(uniqueKeysWithValues: Kind.allCases.map { ($0.rawValue, $0) }))
    static let interfaceKey = Key<String>(
        "interface", "The modem's network interface, where it is not found by itself.", example: "wwan0"
    ) { node throws(Unreadable) in
        guard case .scalar(let text) = node.content, text.isInterfaceName else { throw Unreadable("a network interface's name expected") }
        return text
    }
    static let dataPortKey = Key<String>(
        "data-port", "The modem's second port: a tty for ppp, /dev/cdc-wdm0 and its like for qmi and mbim.", example: "/dev/cdc-wdm0"
    ) { node throws(Unreadable) in
        guard case .scalar(let text) = node.content, text.hasPrefix("/dev/"), text.utf8.count < 200,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw Unreadable("a path of /dev expected") }
        return text
    }
    static let contextKey = Key<Int>.number("context", "The modem's number of the data context.", example: "1", in: 1...16)
    static let resolversKey = Key<[IPAddress]>(
        "resolvers", "Name servers to ask on the bearer, where the network's own are wrong.", example: "[10.0.0.53]"
    ) { node throws(Unreadable) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var addresses: [IPAddress] = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let address = IPAddress(text) else { throw Unreadable("a list of IP addresses expected") }
            addresses.append(address)
        }
        return addresses
    }
    static let hostsKey = Key<[String]>.list(
        "hosts", "Hosts beside the message centre that pictures may be fetched from with bearer host, each a name or an address.",
        example: "[mms.example.net]")
    static let idleKey = Key<Duration>.duration("idle", "How long an unused data connection stays up.", example: "60s")

    /// Every key, for the example configuration.
    public static let keys: [KeyDoc] = [
        kindKey.documentation, interfaceKey.documentation, dataPortKey.documentation, contextKey.documentation, resolversKey.documentation,
        hostsKey.documentation, idleKey.documentation,
    ]

    /// Reads the bearer's keys of a line's `mms` section; the caller finishes the section.
    public init(section: inout Section) throws(SettingsError) {
        self.init()
        kind = try section.optional(Self.kindKey)
        interface = try section.optional(Self.interfaceKey)
        dataPort = try section.optional(Self.dataPortKey)
        context = try section.value(Self.contextKey, default: 1)
        resolvers = try section.value(Self.resolversKey, default: [])
        hosts = try section.value(Self.hostsKey, default: [])
        idle = try section.value(Self.idleKey, default: .seconds(60))
        switch kind {
        case .ppp, .qmi, .mbim:
            guard dataPort != nil else { throw section.error("bearer", "needs data-port. \(Self.dataPortKey.doc)") }
        case .host, .network, nil:
            break
        }
    }
}

extension String {
    /// 1 to 15 octets that the kernel takes and no program mistakes for something else.
    var isInterfaceName: Bool {
        (1...15).contains(utf8.count) && first != "-" && first != "."
            && utf8.allSatisfy { octet in
                switch octet {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
