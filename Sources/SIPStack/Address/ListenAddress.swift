/// Where to listen: transport, address of ours, port. Port 0 takes any free one.
public struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    public var transport: Transport
    /// Numeric, `0.0.0.0` and `::` for all addresses of their family.
    public var ip: IPAddress
    public var port: UInt16

    public init(_ transport: Transport, _ ip: IPAddress, port: UInt16) {
        self.transport = transport
        self.ip = ip
        self.port = port
    }

    /// `udp:0.0.0.0:5060`, `tls:[::]:5061`.
    public init?(_ text: some StringProtocol) {
        let halves = text.split(separator: ":", maxSplits: 1)
        guard halves.count == 2, let transport = Transport(rawValue: halves[0].lowercased()),
              let address = PeerAddress(halves[1]) else { return nil }
        self.init(transport, address.ip, port: address.port)
    }

    public var address: PeerAddress { PeerAddress(ip, port: port) }
    public var description: String { "\(transport.rawValue):\(address)" }
}
