extension Personality {
    /// SIMCom SIM800: 2G.
    public static let sim800 = Personality.simcom(
        name: "sim800", manufacturer: "SIMCOM_Ltd", model: "SIMCOM_SIM800", revision: "Revision:1418B05SIM800L24", imei: "865067020000011"
    ).with {
        $0.technology = 0
        $0.reportRoutings = [0, 1]
        $0.capacities = [.card: 25, .equipment: 15, .terminal: 40]
        $0.banner = ["RDY", "+CFUN: 1", "+CPIN: READY", "Call Ready", "SMS Ready"]
        $0.unknown = ["+CEREG", "+CESQ", "+CPINR"]
    }
}
