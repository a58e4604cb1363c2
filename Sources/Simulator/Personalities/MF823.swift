extension Personality {
    /// ZTE MF823 after the mode switch: a comma before the length of a status report; lists `+CNMI` mode 2 but does not take it.
    public static let mf823 = Personality(
        name: "mf823", manufacturer: "ZTE CORPORATION", model: "MF823", revision: "BD_DEMF823V1.0.0B03", imei: "864213020000014"
    ).with {
        $0.indicationModes = [0, 1]
        $0.reportHeader = "+CDS: ,"
        $0.ussdStyle = .plain
        $0.capacities = [.card: 20, .equipment: 100]
        $0.unknown = ["+CESQ", "+CPINR"]
        $0.commands = [
            Command("+ZPINPUK") { modem, form in
                form == .test ? .line("+ZPINPUK: \(modem.sim.pinTries),\(modem.sim.pukTries)") : .failed(.badParameters)
            },
            .fixed("+ZPAS", "+ZPAS: \"LTE\",\"CS_PS\""),
            .setting("+ZSNT", 0...6),
            .query("+ZRSSI") { _ in .line("+ZRSSI: 71,12,9") },
            .setting("+ZURC", 0...1, initial: 1),
            .query("+ZGETICCID") { .line("+ZGETICCID: \($0.sim.iccid)") }.needingSIM,
        ]
    }
}
