import HTTPStack
import Telephony

/// How well the line hears the network, from what its trunk tells of its health.
struct GatewaySignal: Hashable, Sendable {
    let line: LineID
    let health: Health

    /// dBm; nil where the trunk does not know.
    var strength: Int? {
        let text = health.facts["signal"] ?? ""
        return Int(text.prefix { $0 == "-" || $0.isNumber })
    }

    /// 0 to 31 as modems count (TS 27.007 §8.5), 99 for unknown.
    var csq: Int { strength.map { min(31, max(0, ($0 + 113) / 2)) } ?? 99 }

    var json: JSON {
        var members: [JSON.Member] = [
            ("success", .bool(health.state != .down)), ("line", .string(line.name)), ("state", .string(health.state.rawValue)), ("signal", .integer(Int64(csq))),
        ]
        if let strength { members.append(("dbm", .integer(Int64(strength)))) }
        for name in ["operator", "registration"] {
            if let text = health.facts[name] { members.append((name, .string(text))) }
        }
        return .object(members)
    }
}
