extension Personality {
    /// SIMCom SIM900: 2G, the oldest.
    public static let sim900 = Personality.simcom(
        name: "sim900", manufacturer: "SIMCOM_Ltd", model: "SIMCOM_SIM900", revision: "Revision:1137B13SIM900M64_ST", imei: "013227000000018"
    ).with {
        $0.technology = 0
        $0.capacities = [.card: 25, .equipment: 20]
        $0.banner = ["RDY", "+CFUN: 1", "+CPIN: READY", "Call Ready"]
        $0.unknown = ["+CEREG", "+CESQ", "+CPINR"]
    }
}
