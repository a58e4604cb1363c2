import AT

extension Profile {
    /// SIMCom SIM800: 2G; finds the speed from the first commands; restarts when its supply sags and says so by `Call Ready`, `SMS Ready`;
    /// never wants its `+CMT` acknowledged.
    public static let simcomSIM800 = simcom(name: "simcom-sim800", models: ["sim800", "sim808", "sim868"])

    /// What SIMCom's modules share.
    static func simcom(name: String, models: [String]) -> Profile {
        var profile = Profile(name: name)
        profile.models = models
        profile.pinTries = PINCounter(
            .literal("AT+SPIC", expects: .prefixed(["+SPIC:"]), within: Command.Deadline.sim), .list(prefix: "+SPIC:", pukAt: 1))
        profile.storages = [.terminal, .equipment, .sim]
        profile.notificationModes = [1, 2, 0]
        profile.acknowledgement = .never
        return profile
    }
}
