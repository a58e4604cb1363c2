import AT

extension Profile {
    /// Sierra Wireless MC7455, MC7430, EM7455: forgets `+CNMI` at each boot, may take 20 seconds to switch its radio; texts and data only.
    public static let sierraMC7455: Profile = {
        var profile = Profile(name: "sierra-mc7455")
        profile.models = ["mc7455", "mc7430", "mc73", "em74", "em73"]
        profile.manufacturers = ["sierra"]
        profile.pinTries = PINCounter(
            .literal("AT+CPINC?", expects: .prefixed(["+CPINC:"]), within: Command.Deadline.sim), .list(prefix: "+CPINC:", pukAt: 2))
        profile.cardIdentity = .literal("AT!ICCID?", expects: .bare(prefix: "!ICCID:"), within: Command.Deadline.sim)
        profile.signal = .literal("AT!GSTATUS?", expects: .bare(prefix: "!GSTATUS:"))
        profile.storages = [.terminal, .equipment, .sim]
        profile.notificationModes = [1, 2, 0]
        profile.dataCommands = .sierra
        profile.restartTime = .seconds(30)
        return profile
    }()
}
