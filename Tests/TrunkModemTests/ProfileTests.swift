import AT
import Telephony
import Testing

@testable import TrunkModem

/// What a make answers, and what Homeline is to make of it.
struct MakeScript: Sendable, CustomTestStringConvertible {
    let profile: String
    let answers: [String: String]
    /// Commands that must have been sent once the modem serves.
    let sends: [String]
    /// Commands that must never be sent.
    var never: [String] = []
    let facts: [String: String]

    var testDescription: String { profile }

    static let all: [MakeScript] = [
        MakeScript(profile: "generic", answers: [:], sends: ["AT+CNMI=2,1,0,2,0", "AT+CPMS=\"SM\",\"SM\",\"SM\""], facts: ["signal": "-79 dBm"]),
        MakeScript(
            profile: "huawei-e1750",
            answers: [
                "AT+CGMI": "huawei\nOK", "AT+CGMM": "E1750\nOK", "AT^CURC=0": "OK", "AT+CNMI=?": "+CNMI: (0-2),(0-3),(0,2,3),(0-2),(0,1)\nOK",
                "AT+CNMI=1,1,0,2,0": "OK", "AT^ICCID?": "^ICCID: 8901150123456789012\nOK", "AT+CREG?": "+CREG: 2,1,4CA,81DE445\nOK",
                "AT+CNUM": "ERROR+CNUM:", "AT+COPS?": "+COPS: 0,0,\"Acme@\u{1}\",2\nOK",
            ], sends: ["AT^CURC=0", "AT+CNMI=1,1,0,2,0"], never: ["AT+CNMI=2,1,0,2,0"],
            facts: ["operator": "Acme", "iccid": "8901150123456789012", "registration": "home"]),
        MakeScript(
            profile: "huawei-e3531",
            answers: [
                "AT+CGMI": "huawei\nOK", "AT+CGMM": "E3531\nOK", "AT+CNMI=?": "+CNMI: (0-2),(0-3),(0,2,3),(0-2),(0,1)\nOK", "AT+CNMI=1,1,0,2,0": "OK",
                "AT+CSQ": "+CSQ: 99,99\nOK",
            ], sends: ["AT+CNMI=1,1,0,2,0", "AT+CPMS=\"SM\",\"SM\",\"SM\""], facts: ["profile": "huawei-e3531"]),
        MakeScript(
            profile: "huawei-e3372",
            answers: [
                "AT+CGMI": "Huawei Technologies Co., Ltd.\nOK", "AT+CGMM": "E3372\nOK", "AT^HCSQ?": "^HCSQ: \"LTE\",49,41,141,20\nOK",
                "AT+CNMI=?": "+CNMI: (0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)\nOK", "AT+CNMI=1,1,0,2,0": "OK",
                "AT+CREG?": "COMMAND NOT SUPPORT", "AT+CEREG?": "+CEREG: 2,1,4CA,81DE445,7\nOK",
            ], sends: ["AT^HCSQ?"], facts: ["signal": "-72 dBm", "technology": "4G", "registration": "home"]),
        MakeScript(
            profile: "zte-mf823",
            answers: [
                "AT+CGMI": "ZTE INCORPORATED\nOK", "AT+CGMM": "MF823\nOK", "AT+CNMI=?": "+CNMI: (0,1,2),(0,1,2,3),(0,2),(0,1,2),(0,1)\nOK",
                "AT+CNMI=1,1,0,2,0": "OK", "AT+CNMI=2,1,0,2,0": "ERROR",
            ], sends: ["AT+CNMI=1,1,0,2,0"], never: ["AT+CNMI=2,1,0,2,0"], facts: ["profile": "zte-mf823"]),
        MakeScript(
            profile: "sierra-mc7455",
            answers: [
                "AT+CGMI": "Sierra Wireless, Incorporated\nOK", "AT+CGMM": "MC7455\nOK",
                "AT+CPMS=?": "+CPMS: (\"ME\",\"MT\",\"SM\",\"SR\"),(\"ME\",\"MT\",\"SM\",\"SR\"),(\"ME\",\"MT\",\"SM\",\"SR\")\nOK",
                "AT+CPMS=\"MT\",\"MT\",\"MT\"": "+CPMS: 0,100,0,100,0,100\nOK", "AT+CNMI=1,1,0,2,0": "OK", "AT+CFUN?": "+CFUN: 4\nOK",
                "AT+CFUN=1": "OK",
                "AT!ICCID?": "!ICCID: 8901150123456789012\nOK", "AT+CPMS=\"SR\"": "+CPMS: 0,100,0,100,0,100\nOK",
                "AT+CPMS=\"MT\"": "+CPMS: 0,100,0,100,0,100\nOK",
            ], sends: ["AT+CFUN=1", "AT+CPMS=\"MT\",\"MT\",\"MT\"", "AT+CNMI=1,1,0,2,0"], facts: ["iccid": "8901150123456789012"]),
        MakeScript(
            profile: "quectel-ec25",
            answers: [
                "AT+CGMI": "Quectel\nOK", "AT+CGMM": "EC25\nOK", "AT+QCSQ": "+QCSQ: \"LTE\",-52,-81,195,-10\nOK",
                "AT+QURCCFG=\"urcport\",\"usbat\"": "OK",
                "AT+CPMS=?": "+CPMS: (\"ME\",\"MT\",\"SM\"),(\"ME\",\"MT\",\"SM\"),(\"ME\",\"MT\",\"SM\")\nOK", "AT+CNMI=1,1,0,2,0": "ERROR",
                "AT+QCCID": "+QCCID: 89011501234567890129\nOK", "AT+QLTS": "+QLTS: \"2027/01/15,08:00:00+00,0\"\nOK",
            ], sends: ["AT+QURCCFG=\"urcport\",\"usbat\"", "AT+CPMS=\"ME\",\"ME\",\"ME\"", "AT+CNMI=1,1,0,2,0", "AT+CNMI=2,1,0,2,0"],
            facts: ["signal": "-52 dBm", "iccid": "89011501234567890129"]),
        MakeScript(
            profile: "simcom-sim800",
            answers: [
                "AT+CGMI": "SIMCOM_Ltd\nOK", "AT+CGMM": "SIMCOM_SIM800C\nOK", "AT+CNMI=1,1,0,2,0": "OK",
                "AT+CPMS=?": "+CPMS: (\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\")\nOK",
                "AT+CPMS=\"MT\",\"MT\",\"MT\"": "+CPMS: 0,100,0,100,0,100\nOK",
            ], sends: ["AT+CPMS=\"MT\",\"MT\",\"MT\"", "AT+CNMI=1,1,0,2,0"], facts: ["profile": "simcom-sim800"]),
        MakeScript(
            profile: "simcom-sim900", answers: ["AT+CGMI": "SIMCOM_Ltd\nOK", "AT+CGMM": "SIMCOM_SIM900\nOK", "AT+CNMI=1,1,0,2,0": "OK"],
            sends: ["AT+CPMS=\"SM\",\"SM\",\"SM\""], facts: ["profile": "simcom-sim900"]),
        MakeScript(
            profile: "simcom-sim7600",
            answers: [
                // The A7670E leaves its manufacturer out.
                "AT+CGMI": "OK", "AT+CGMM": "A7670E-FASE\nOK", "AT+CNMI=1,1,0,2,0": "OK",
                "AT+CPSI?": "+CPSI: LTE,Online,460-00,0x333C,39589632,191,EUTRAN-BAND39,38400,5,0,-93,-850,-545,15\nOK",
                "AT+CICCID": "+ICCID: 8901150123456789012\nOK",
            ], sends: ["AT+CPSI?"], facts: ["signal": "-55 dBm", "iccid": "8901150123456789012"]),
    ]
}

@Suite(.timeLimit(.minutes(10))) struct ProfileTests {
    @Test(arguments: MakeScript.all)
    func `each make is recognised, set up its way and serves`(script: MakeScript) async throws {
        try await Rig(ScriptedModem(script.answers)).serve { rig in
            let health = await rig.health
            #expect(health.state == .working)
            #expect(health.facts["profile"] == script.profile)
            for (name, value) in script.facts { #expect(health.facts[name] == value) }
            let commands = rig.modem.commands
            for command in script.sends { #expect(commands.contains(command)) }
            for command in script.never { #expect(!commands.contains(command)) }
        }
    }

    @Test(arguments: MakeScript.all)
    func `each make receives and sends`(script: MakeScript) async throws {
        try await Rig(ScriptedModem(script.answers)).serve { rig in
            rig.modem.set("AT+CMGR=0", "+CMGR: 0,,30\n\(hello)\nOK")
            rig.modem.say("+CMTI: \"\(await rig.trunk.storage?.rawValue ?? "")\",0")
            try await rig.until("location 0 is fetched and deleted") { rig.modem.count(of: "AT+CMGD=0") == 1 }
            let outcome = try await rig.send("hello")
            #expect(outcome == .accepted(reference: "1"))
        }
    }

    @Test func `a modem that knows only ATI is recognised by its words`() async throws {
        let modem = ScriptedModem([
            "AT+CGMI": "ERROR", "AT+CGMM": "ERROR", "ATI": "Manufacturer: huawei\nModel: E1750\nRevision: 11.1\n+GCAP: +CGSM\nOK",
        ])
        try await Rig(modem).serve { rig in
            #expect(await rig.health.facts["model"] == "huawei E1750")
            #expect(await rig.health.facts["profile"] == "huawei-e1750")
        }
    }

    @Test(arguments: [
        ("huawei", "E3531s-2", "huawei-e3531"), ("", "SIM7600E-H", "simcom-sim7600"), ("huawei", "E9999", "huawei-e3372"),
        ("QUECTEL_Ltd", "XYZ", "quectel-ec25"),
        ("Nokia", "N79", "generic"), ("", "", "generic"), ("huawei", "EC25", "quectel-ec25"),
    ])
    func `the model decides before the manufacturer`(manufacturer: String, model: String, profile: String) {
        #expect(Profile.matching(manufacturer: manufacturer, model: model).name == profile)
    }

    @Test func `names and models of profiles are unique`() {
        #expect(Set(Profile.all.map(\.name)).count == Profile.all.count)
        let models = Profile.all.flatMap(\.models)
        #expect(Set(models).count == models.count)
    }
}
