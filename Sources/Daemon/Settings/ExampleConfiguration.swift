import Kinds
import Settings

/// The configuration file with every key, its meaning and an example, printed by `homeline config example`. Made from the keys
/// themselves, so it cannot fall behind.
public enum ExampleConfiguration {
    public static func text(trunks: [TrunkKind], endpoints: [EndpointKind]) -> String {
        var lines = ["# Homeline. A line that begins with # is a key at its default, or left out.", ""]
        lines += block([DaemonSettings.Keys.state.documentation], indent: 0, isActive: false)
        lines += block([DaemonSettings.Keys.country.documentation], indent: 0, isActive: true)
        lines += ["", "# Your numbers. Each line has a name of your choice and a trunk.", "lines:"]
        for (position, kind) in trunks.enumerated() {
            lines += ["  # \(kind.summary)", "  \(position == 0 ? "home" : "\(kind.name)-example"):", "    trunk: \(kind.name)"]
            let common = [DaemonSettings.Keys.country.documentation, DaemonSettings.Keys.number.documentation]
            lines += block(kind.keys, indent: 4, isActive: position == 0) + block(common, indent: 4, isActive: false)
        }
        lines += ["", "# Where people read and write.", "endpoints:"]
        for kind in endpoints {
            lines += ["  # \(kind.summary)", "  \(kind.name):"]
            let common = kind.name == "softphone" ? [] : [DaemonSettings.Keys.lines.documentation]
            lines += block(kind.keys, indent: 4, isActive: true) + block(common, indent: 4, isActive: false)
        }
        lines += ["", "http:"]
        lines += block([HTTPSettings.listenKey.documentation], indent: 2, isActive: true)
        lines += block([HTTPSettings.certificateKey.documentation, HTTPSettings.keyKey.documentation], indent: 2, isActive: false)
        lines += ["", "log:"]
        lines += block([LogSettings.levelKey.documentation, LogSettings.revealKey.documentation], indent: 2, isActive: true)
        lines += ["", "lifetimes:"]
        lines += block(
            [LifetimeSettings.trunkKey.documentation, LifetimeSettings.deviceKey.documentation, LifetimeSettings.endpointKey.documentation],
            indent: 2, isActive: true)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func block(_ keys: [KeyDoc], indent: Int, isActive: Bool) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return keys.flatMap { key in
            ["\(margin)# \(key.doc)", "\(margin)\(isActive ? "" : "# ")\(key.name): \(key.example)"]
        }
    }
}
