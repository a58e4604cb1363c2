extension Personality {
    /// Quectel EC25.
    public static let ec25 = Personality(
        name: "ec25", manufacturer: "Quectel", model: "EC25", revision: "EC25EFAR06A06M4G", imei: "866758040000016"
    ).with {
        $0.memory = .equipment
        $0.capacities = [.card: 20, .equipment: 255, .terminal: 275, .reports: 20]
        $0.indicationModes = [0, 1, 2]
        $0.banner = ["RDY", "+CPIN: READY", "+QUSIM: 1", "+CFUN: 1", "+QIND: SMS DONE", "+QIND: PB DONE"]
        $0.commands = [
            .query("+QPINC") { .done(["+QPINC: \"SC\",\($0.sim.pinTries),\($0.sim.pukTries)", "+QPINC: \"P2\",3,10"]) },
            .query("+QCCID") { .line("+QCCID: \($0.sim.iccid)") }.needingSIM,
            .query("+QCSQ") { _ in .line("+QCSQ: \"LTE\",58,-89,146,-9") },
            .query("+QNWINFO") { .line("+QNWINFO: \"FDD LTE\",\"\($0.radio.operatorCode)\",\"LTE BAND 3\",1300") },
            .query("+QSPN") { .line("+QSPN: \"\($0.radio.operatorName)\",\"\($0.radio.operatorName)\",\"\",0,\"\($0.radio.operatorCode)\"") },
            .query("+QLTS") { .line("+QLTS: \"\($0.clock.clockText),0\"") },
            .accepted("+QURCCFG"), .accepted("+QINDCFG"), .accepted("+QCFG"), .setting("+QSIMDET", 0...1), .setting("+QSIMSTAT", 0...1),
        ]
    }
}
