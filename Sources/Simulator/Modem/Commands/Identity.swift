/// Who the modem is (3GPP TS 27.007 §5).
extension Command {
    static let identity: [Command] = ["+G", "+CG"].flatMap { prefix in
        [
            Command.query("\(prefix)MI") { modem in
                modem.personality.manufacturer.map(Answer.line) ?? .failed(.plain)
            },
            Command.query("\(prefix)MM") { .line($0.personality.model) },
            Command.query("\(prefix)MR") { .line($0.personality.revision) },
            Command.act("\(prefix)SN") { modem, _ in .line(modem.personality.imei) },
        ]
    } + [
        .act("I") { modem, _ in
            let personality = modem.personality
            return .done([personality.manufacturer, personality.model, personality.revision].compactMap { $0 })
        },
        .query("+GCAP") { .line("+GCAP: \($0.personality.capabilities)") },
        .query("+CIMI") { .line($0.sim.imsi) }.needingSIM,
        .query("+CCID") { .line("+CCID: \($0.sim.iccid)") }.needingSIM,
        .query("+CNUM") { modem in
            modem.sim.number.isEmpty ? .ok : .line("+CNUM: \"\",\"\(modem.sim.number)\",145")
        }.needingSIM,
        .fixed("+CGCLASS", "+CGCLASS: \"B\""),
    ]
}
