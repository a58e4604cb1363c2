import AT

extension Profile {
    /// ZTE MF823 and its relatives after the mode switch: `+CNMI` mode 1 only, a comma before the length in `+CDS`, USSD as text.
    public static let zteMF823: Profile = {
        var profile = Profile(name: "zte-mf823")
        profile.models = ["mf823", "mf831", "mf833", "mf79", "mf190", "k3565", "k5008"]
        profile.manufacturers = ["zte"]
        profile.pinTries = PINCounter(
            .literal("AT+ZPINPUK=?", expects: .prefixed(["+ZPINPUK:"]), within: Command.Deadline.sim), .list(prefix: "+ZPINPUK:", pukAt: 1))
        profile.cardIdentity = .literal("AT+ZGETICCID", expects: .bare(prefix: "+ZGETICCID:"), within: Command.Deadline.sim)
        profile.signal = .literal("AT+ZRSSI", expects: .prefixed(["+ZRSSI:"]))
        profile.notificationModes = [1, 2, 0]
        profile.dataCommands = .zte
        return profile
    }()
}
