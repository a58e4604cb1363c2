import HTTPStack
import Telephony

/// What programs ask about the account itself when they start.
extension VoIPms {
    func balance(_ call: Call) -> Reply {
        var members: [JSON.Member] = [("current_balance", .string(settings.balance))]
        if call["advanced"] != nil {
            for name in ["spent_total", "calls_total", "time_total", "spent_today", "calls_today", "time_today"] { members.append((name, "0")) }
        }
        return Reply([("balance", .object(members))])
    }

    /// The caller's own address.
    func ip(_ call: Call) -> Reply {
        let address: String =
            switch call.source {
            case .network(let address): address
            case .local: "127.0.0.1"
            }
        return Reply([("ip", .string(address))])
    }

    /// One: this.
    func servers(_ call: Call) -> Reply {
        let host = context.publicURL?.host ?? "localhost"
        let fields: [(String, String)] = [
            ("server_name", "Homeline"), ("server_shortname", "Homeline"), ("server_hostname", host), ("server_ip", host),
            ("server_country", context.lines.first?.country ?? ""), ("server_pop", "1"),
        ]
        return Reply([("servers", .array([.object(fields.map { ($0.0, .string($0.1)) } + [("server_recommended", true)])]))])
    }

    func subAccounts(_ call: Call, _ account: Account) async throws(Refusal) -> Reply {
        let wanted = call["account"]
        var rows: [JSON] = []
        for (index, sub) in account.subAccounts.enumerated() where wanted == nil || wanted == sub.name {
            let fields: [(String, String)] = [
                ("id", String(index + 1)), ("account", sub.name), ("username", String(sub.name.drop { $0 != "_" }.dropFirst())),
                ("description", sub.line.name), ("protocol", "1"), ("auth_type", "1"), ("password", ""), ("ip", ""), ("device_type", "2"),
                ("callerid_number", await numbers.text(of: sub.line)), ("canada_routing", "1"), ("lock_international", "1"),
                ("international_route", "1"), ("music_on_hold", "default"), ("allowed_codecs", "ulaw"), ("dtmf_mode", "auto"), ("nat", "yes"),
                ("sip_traffic", "0"), ("max_expiry", "3600"), ("internal_extension", ""), ("internal_extension_location", "0"),
                ("internal_voicemail", ""), ("internal_dialtime", "20"), ("internal_cnam", ""), ("enable_internal_cnam", "0"),
            ]
            rows.append(.object(fields.map { ($0.0, .string($0.1)) }))
        }
        guard !rows.isEmpty else { throw Refusal(.noAccount) }
        return Reply([("accounts", .array(rows))])
    }
}
