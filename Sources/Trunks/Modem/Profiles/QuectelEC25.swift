import AT

extension Profile {
    /// Quectel EC25, EC21, EC20, EG25 and other LTE modules.
    ///
    /// Sends its notifications to another port unless `urcport` says this one; advertises `+CNMI` mode 2 and refuses it on some
    /// firmware; keeps 127 to 255 messages in `ME`.
    public static let quectelEC25: Profile = {
        var profile = Profile(name: "quectel-ec25")
        profile.models = ["ec25", "ec21", "ec20", "eg25", "eg21", "eg06", "ep06", "em12", "bg95", "bg96"]
        profile.manufacturers = ["quectel"]
        profile.initialisation = [.literal("AT+QURCCFG=\"urcport\",\"all\""), .literal("AT+QURCCFG=\"urcport\",\"usbat\"")]
        profile.pinTries = PINCounter(.literal("AT+QPINC?", expects: .prefixed(["+QPINC:"]), within: Command.Deadline.sim), .quectel)
        profile.cardIdentity = .literal("AT+QCCID", expects: .bare(prefix: "+QCCID:"), within: Command.Deadline.sim)
        profile.signal = .literal("AT+QCSQ", expects: .prefixed(["+QCSQ:"]))
        profile.networkTime = .literal("AT+QLTS", expects: .prefixed(["+QLTS:"]))
        profile.storages = [.equipment, .sim]
        profile.dataCommands = .quectel
        profile.notificationModes = [1, 2, 0]
        return profile
    }()
}
