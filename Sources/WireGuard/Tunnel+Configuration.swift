/// The file that wg-quick(8) brings the tunnel up with.
extension Tunnel {
    public var configuration: String {
        var lines = [
            "# Homeline's tunnel for phones, written by 'homeline wireguard'. What is changed here by hand is lost at the next change there.",
            "[Interface]", "Address = \(network.v4Address(1))/24, \(network.v6Address(1))/64", "ListenPort = \(port)", "PrivateKey = \(privateKey.text)",
        ]
        for phone in phones {
            lines += [
                "", "# \(phone.name)", "[Peer]", "PublicKey = \(phone.publicKey.text)", "PresharedKey = \(phone.presharedKey.text)",
                "AllowedIPs = \(network.v4Address(phone.place))/32, \(network.v6Address(phone.place))/128",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The addresses by which phones in the tunnel reach this house.
    public var addresses: [String] { [network.v4Address(1), network.v6Address(1)] }
}
