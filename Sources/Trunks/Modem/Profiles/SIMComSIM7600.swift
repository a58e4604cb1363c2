import AT

extension Profile {
    /// SIMCom SIM7600, SIM7500, A7670E, which leaves out its manufacturer. Any other SIMCom is taken for one.
    public static let simcomSIM7600: Profile = {
        var profile = simcom(name: "simcom-sim7600", models: ["sim7600", "sim7500", "sim7670", "a7670", "a7672", "sim7080", "sim7000"])
        profile.manufacturers = ["simcom"]
        profile.cardIdentity = .literal("AT+CICCID", expects: .bare(prefix: "+ICCID:"), within: Command.Deadline.sim)
        profile.signal = .literal("AT+CPSI?", expects: .prefixed(["+CPSI:"]))
        profile.dataCommands = .simcom
        return profile
    }()
}
