import Glibc

/// Where the demo keeps its things.
public struct DemoPlaces: Sendable {
    public let directory: String

    public init(_ directory: String) {
        self.directory = directory
    }

    /// In the user's own state directory.
    public static let standard: String = {
        let base = getenv("XDG_STATE_HOME").map { String(cString: $0) } ?? getenv("HOME").map { String(cString: $0) + "/.local/state" }
        return (base ?? "/tmp") + "/homeline-demo"
    }()

    var state: StateDirectory { StateDirectory(directory) }
    /// Written anew at every start.
    var configuration: String { directory + "/homeline.yaml" }
    /// The link to the virtual modem's terminal.
    var modem: String { directory + "/modem" }
    /// Where the phones outside keep the pictures they receive.
    var album: String { directory + "/outside" }
    /// The virtual modem's control interface.
    public var control: String { directory + "/outside.sock" }
}
