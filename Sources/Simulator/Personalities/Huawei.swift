extension Personality {
    /// What Huawei sticks have in common.
    static func huawei(name: String, model: String, revision: String, imei: String) -> Personality {
        Personality(name: name, manufacturer: "huawei", model: model, revision: revision, imei: imei).with {
            $0.firstIndex = 0
            // No memory of their own for reports: those go where messages go.
            $0.capacities = [.card: 20, .equipment: 100]
            $0.indicationModes = [0, 1, 2]
            $0.serviceAnswer = .withoutService
            $0.cellQuoting = .bare
            $0.ussdStyle = .packed
            $0.fullAnnouncement = "^SMMEMFULL: \"SM\""
            $0.unknownCommand = "COMMAND NOT SUPPORT"
            $0.unknown = ["+CESQ", "+CPINR", "+CCID", "+CEREG"]
            $0.commands = Command.huawei
        }
    }
}

extension Command {
    static let huawei: [Command] = [
        .huaweiPINCounter,
        .query("^ICCID") { .line("^ICCID: \($0.sim.iccid)") }.needingSIM,
        .query("^HCSQ") { modem in
            modem.radio.technology == 7 ? .line("^HCSQ: \"LTE\",56,50,151,22") : .line("^HCSQ: \"WCDMA\",56,50,46")
        },
        .query("^SYSINFO") { modem in
            let service = modem.isAttached ? 2 : 0
            return .line("^SYSINFO: \(service),3,0,\(modem.radio.technology == 7 ? 7 : 5),\(modem.sim.trouble == nil ? 1 : 255),,4")
        },
        .fixed("^GETPORTMODE", "^GETPORTMODE:TYPE:WCDMA:huawei,,PCUI:0,MDM:1,DIAG:2"),
        .setting("^CURC", 0...2, initial: 1), .setting("^PORTSEL", 0...1),
        .setting("^USSDMODE", 0...1),
        .setting("^U2DIAG", 0...276, initial: 1),
        .fixed("^CVOICE", "^CVOICE:1"),
        .query("^SN") { .line("^SN: \($0.personality.imei)") },
        .fixed("^HWVER", "^HWVER:\"CD1E3531\""),
    ]

    /// `^CPIN?`: state, tries of what is asked for, then PUK, PIN, PUK2, PIN2.
    private static let huaweiPINCounter = Command("^CPIN") { modem, form in
        guard form == .read else { return form == .test ? .ok : .failed(.badParameters) }
        let sim = modem.sim
        switch sim.trouble {
        case nil: return .line("^CPIN: READY,,\(sim.pukTries),\(sim.pinTries),10,3")
        case .pin: return .line("^CPIN: SIM PIN,\(sim.pinTries),\(sim.pukTries),\(sim.pinTries),10,3")
        case .puk: return .line("^CPIN: SIM PUK,\(sim.pukTries),\(sim.pukTries),0,10,3")
        case .some(let trouble): return .failed(trouble.equipmentError)
        }
    }
}
