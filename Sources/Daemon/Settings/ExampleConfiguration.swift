import Kinds
import Settings

/// The configuration file with every key, its meaning and an example, printed by `homeline config example`. Made from the keys
/// themselves, so it cannot fall behind; what is not commented out is a whole configuration.
public enum ExampleConfiguration {
    public static func text(trunks: [TrunkKind], endpoints: [EndpointKind]) -> String {
        var lines = ["# Homeline. Keys behind a # may be left out.", ""]
        lines += block([DaemonSettings.Keys.state.documentation, DaemonSettings.Keys.country.required], indent: 0)
        lines += ["", "# Your numbers. Each line has a name of your choice and a trunk.", "lines:"]
        let lineKeys = [
            DaemonSettings.Keys.country.documentation, DaemonSettings.Keys.number.documentation, DaemonSettings.Keys.inDoubt.documentation,
            DaemonSettings.Keys.queueLimit.documentation,
        ]
        for (position, kind) in trunks.enumerated() {
            lines += section(kind.summary, name: position == 0 ? "home" : kind.name, ["trunk: \(kind.name)"], kind.keys + lineKeys, isFirst: position == 0)
        }
        lines += ["", "# Where people read and write. A section's name is its kind, or 'kind' says it.", "endpoints:"]
        for (position, kind) in endpoints.enumerated() {
            let endpointKeys = [DaemonSettings.Keys.kind(kind.name).documentation, DaemonSettings.Keys.lines.documentation]
            lines += section(kind.summary, name: kind.name, [], kind.keys + endpointKeys, isFirst: position == 0)
        }
        lines += ["", "# The certificate that HTTP and SIP show where they have none of their own.", "# certificates:"] + block(CertificateSettings.keys, indent: 2)
        lines += ["", "# http:"] + block(HTTPSettings.keys, indent: 2)
        lines += ["", "# log:"] + block(LogSettings.keys, indent: 2)
        lines += ["", "# lifetimes:"] + block(LifetimeSettings.keys, indent: 2)
        lines += ["", "# media:"] + block(MediaSettings.keys, indent: 2)
        lines += ["", "# backup:"] + block(BackupSettings.keys, indent: 2)
        lines += ["", "# alerts:"] + block(AlertSettings.keys, indent: 2)
        return lines.joined(separator: "\n") + "\n"
    }

    /// One kind; all but the first are commented out whole.
    private static func section(_ summary: String, name: String, _ fixed: [String], _ keys: [KeyDoc], isFirst: Bool) -> [String] {
        let lines = ["  # \(summary)", "  \(name):"] + fixed.map { "    \($0)" } + block(keys, indent: 4)
        return isFirst ? lines : lines.map { $0.drop { $0 == " " }.hasPrefix("#") ? $0 : "  #" + $0.dropFirst(2) }
    }

    private static func block(_ keys: [KeyDoc], indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return keys.flatMap { key in
            let value = key.keys.isEmpty ? " \(key.example)" : ""
            return ["\(margin)# \(key.doc)", "\(margin)\(key.presence == .required ? "" : "# ")\(key.name):\(value)"]
                + block(key.keys, indent: indent + 2)
        }
    }
}
