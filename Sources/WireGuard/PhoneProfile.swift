import Certificates

/// What a phone is to know, as the WireGuard app reads it from a QR code or a file. It holds the phone's private key: shown once, kept nowhere.
public struct PhoneProfile: Hashable, Sendable {
    public let name: String
    public let text: String

    init(tunnel: Tunnel, phone: Tunnel.Phone, privateKey: TunnelKey) {
        name = phone.name
        let network = tunnel.network
        var lines = ["[Interface]", "PrivateKey = \(privateKey.text)", "Address = \(network.v4Address(phone.place))/32, \(network.v6Address(phone.place))/128"]
        if !tunnel.nameServers.isEmpty { lines.append("DNS = \(tunnel.nameServers.joined(separator: ", "))") }
        // Only what is for this house goes through the tunnel: everything else stays as fast as it was.
        let ours = ["\(network.v4Address(1))/32", "\(network.v6Address(1))/128"]
        let servers = tunnel.nameServers.map { ServerName.address($0)?.count == 16 ? "\($0)/128" : "\($0)/32" }.filter { !ours.contains($0) }
        lines += [
            "", "[Peer]", "PublicKey = \(tunnel.privateKey.publicKey?.text ?? "")", "PresharedKey = \(phone.presharedKey.text)",
            "AllowedIPs = \((ours + servers).joined(separator: ", "))", "Endpoint = \(tunnel.endpoint)",
            // Routers forget a silent phone within half a minute.
            "PersistentKeepalive = 25",
        ]
        text = lines.joined(separator: "\n") + "\n"
    }
}
