/// Where the control interface listens. TCP is for this machine only: whoever reaches it plays the network.
public enum ControlAddress: Equatable, Sendable {
    case unix(path: String)
    case localTCP(port: Int)
}
