import Glibc
import Settings

/// The configuration that a machine begins with on which nothing is set up: where state is kept, and where the pages are that ask for the rest.
public enum FirstConfiguration {
    /// Writes it, for its owner alone. Throws `SettingsError` where the file cannot be made.
    /// - Parameter state: nil for the usual directory.
    public static func begin(_ file: ConfigurationFile, state: String? = nil) async throws(SettingsError) {
        let directory = StateDirectory(file.directory)
        do {
            try directory.create()
        } catch {
            throw SettingsError(line: 0, path: "", reason: "\(file.path) cannot be made: \(error.description)")
        }
        try file.write(text(state: state ?? usualState, port: await freePort()))
    }

    static func text(state: String, port: Int) -> String {
        """
        # Homeline. The pages change this file and keep your remarks; 'homeline config example' explains every key.
        state: \(YAMLWriting.scalar(state))

        http:
          listen: 127.0.0.1:\(port)
          sends-per-minute: 60

        """
    }

    /// What the service manager gave us; the system's for root, else the user's own (XDG Base Directory Specification).
    static var usualState: String {
        if let given = variable("STATE_DIRECTORY") { return String(given.prefix { $0 != ":" }) }
        if geteuid() == 0 || access("/var/lib/homeline", W_OK) == 0 { return "/var/lib/homeline" }
        if let base = variable("XDG_STATE_HOME") ?? variable("HOME").map({ $0 + "/.local/state" }) { return base + "/homeline" }
        return "/var/lib/homeline"
    }

    static func variable(_ name: String) -> String? {
        guard let value = getenv(name).map({ String(cString: $0) }), value.hasPrefix("/") else { return nil }
        return value
    }

    /// 8080, or the next that nothing listens on.
    private static func freePort() async -> Int {
        for port in 8080..<8100 where await PortCheck.isFree(port) { return port }
        return 8080
    }
}

extension ConfigurationFile {
    /// Where commands look when nobody says: the system's, or where there is none, for everybody but root, the user's own.
    public static let standardPath: String = {
        let system = "/etc/homeline/homeline.yaml"
        guard geteuid() != 0, access(system, F_OK) != 0 else { return system }
        let base = FirstConfiguration.variable("XDG_CONFIG_HOME") ?? FirstConfiguration.variable("HOME").map { $0 + "/.config" }
        return base.map { $0 + "/homeline/homeline.yaml" } ?? system
    }()

    var directory: String { Self.folder(of: path) }
}
