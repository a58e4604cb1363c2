extension Personality {
    /// SIMCom A7670E, which does not name its manufacturer.
    public static let a7670e = Personality.simcom(
        name: "a7670e", manufacturer: nil, model: "A7670E-LASE", revision: "A011B02A7670M7_F", imei: "862205050000010"
    ).with {
        $0.capacities = [.card: 20, .equipment: 50]
        $0.banner = ["*ATREADY: 1", "+CPIN: READY", "SMS DONE", "PB DONE"]
    }
}
