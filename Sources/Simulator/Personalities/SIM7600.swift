extension Personality {
    /// SIMCom SIM7600E-H.
    public static let sim7600 = Personality.simcom(
        name: "sim7600", manufacturer: "SIMCOM INCORPORATED", model: "SIMCOM_SIM7600E-H", revision: "LE20B03SIM7600M22", imei: "861477030000012"
    ).with {
        $0.capacities = [.card: 30, .equipment: 180, .terminal: 210, .reports: 10]
        $0.banner = ["*ATREADY: 1", "+CPIN: READY", "SMS DONE", "PB DONE"]
    }
}
