extension Profile {
    /// SIMCom SIM900: as the SIM800, with the SIM's own storage only.
    public static let simcomSIM900: Profile = {
        var profile = simcom(name: "simcom-sim900", models: ["sim900", "sim908"])
        profile.storages = [.sim]
        return profile
    }()
}
