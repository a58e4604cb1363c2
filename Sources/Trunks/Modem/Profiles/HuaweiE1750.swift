import AT

extension Profile {
    /// Huawei's 3G sticks: E1750, E1550, E153, E160, E169, E173, K3765 and their like.
    ///
    /// Floods `^RSSI` and `^BOOT` until `^CURC=0`; advertises `+CNMI` mode 2 and refuses it; keeps 20 messages on the SIM, location 0
    /// among them; wants USSD as packed septets.
    public static let huaweiE1750 = huawei(
        name: "huawei-e1750", models: ["e1750", "e1550", "e153", "e155", "e16", "e17", "e180", "k3520", "k3715", "k3765", "k3770"])

    /// What all of Huawei's sticks share.
    static func huawei(name: String, models: [String]) -> Profile {
        var profile = Profile(name: name)
        profile.models = models
        profile.initialisation = [.literal("AT^CURC=0")]
        profile.pinTries = PINCounter(.literal("AT^CPIN?", expects: .prefixed(["^CPIN:"]), within: Command.Deadline.sim), .huawei)
        profile.cardIdentity = .literal("AT^ICCID?", expects: .bare(prefix: "^ICCID:"), within: Command.Deadline.sim)
        profile.storages = [.sim]
        profile.notificationModes = [1, 2, 0]
        profile.ussd = .packed
        profile.dataCommands = .huawei
        profile.listing = .late(.milliseconds(500))
        return profile
    }
}
