extension Personality {
    /// What SIMCom modules have in common.
    static func simcom(name: String, manufacturer: String?, model: String, revision: String, imei: String) -> Personality {
        Personality(name: name, manufacturer: manufacturer, model: model, revision: revision, imei: imei).with {
            $0.indicationModes = [0, 1, 2]
            $0.commands = Command.simcom
        }
    }
}

extension Command {
    static let simcom: [Command] = [
        // PIN, PIN2, PUK, PUK2.
        .query("+SPIC") { .line("+SPIC: \($0.sim.pinTries),3,\($0.sim.pukTries),10") },
        .query("+CICCID") { .line("+ICCID: \($0.sim.iccid)") }.needingSIM,
        .query("+CPSI") { modem in
            modem.isAttached ? .line("+CPSI: LTE,Online,262-01,0x4CA1,27447553,199,EUTRAN-BAND3,1300,5,5,-94,-850,-545,15") : .line("+CPSI: NO SERVICE,Online")
        },
        .setting("+CNSMOD", 0...1),
        .accepted("+AUTOCSQ"),
    ]
}
