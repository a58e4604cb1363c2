/// Where programs find a virtual modem.
public enum ModemPort: Equatable, Sendable {
    /// A pseudo-terminal under a symbolic link of this path.
    case pseudoTerminal(link: String)
    /// The way serial servers hand a port out: octets and nothing else.
    case tcp(host: String, port: Int)
}
