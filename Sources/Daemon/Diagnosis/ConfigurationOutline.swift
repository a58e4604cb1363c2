import Settings
import Telephony

/// A configuration for other eyes: every key, and of the values only what cannot be a secret, a number or a place in somebody's network. Pure.
enum ConfigurationOutline {
    /// Keys whose values are words of ours, or names that the log bears anyway.
    private static let open: Set = [
        "trunk", "kind", "country", "in-doubt", "level", "console", "profile", "receive", "reports", "premium-numbers", "bearer", "state", "device", "lines",
        "listen", "domain", "too-large", "tell-when-read",
    ]

    static func text(of node: Node) -> String { lines(node, key: "", depth: 0).joined(separator: "\n") }

    private static func lines(_ node: Node, key: String, depth: Int) -> [String] {
        let margin = String(repeating: "  ", count: depth)
        guard case .section(let entries) = node.content else { return [] }
        return entries.flatMap { entry -> [String] in
            switch entry.value.content {
            case .section: return ["\(margin)\(entry.name):"] + lines(entry.value, key: entry.name, depth: depth + 1)
            case .scalar(let text): return ["\(margin)\(entry.name): \(shown(text, of: entry.name))"]
            case .list(let nodes): return ["\(margin)\(entry.name): [\(nodes.map { item($0, of: entry.name) }.joined(separator: ", "))]"]
            }
        }
    }

    private static func item(_ node: Node, of key: String) -> String {
        if case .scalar(let text) = node.content { shown(text, of: key) } else { "(left out)" }
    }

    private static func shown(_ text: String, of key: String) -> String {
        if open.contains(key) { return text.masked.harmlessLine }
        let isSwitch = ["yes", "no", "true", "false", "on", "off", "none"].contains(text)
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count)
        let isMeasure = (1...5).contains(digits.count) && ["", "s", "m", "h", "d"].contains(unit)
        return isSwitch || isMeasure && !isSecret(key) ? text : "(left out)"
    }

    /// A PIN is a number, too.
    private static func isSecret(_ key: String) -> Bool { ["pin", "password", "secret", "token", "key", "user"].contains { key.lowercased().contains($0) } }
}
