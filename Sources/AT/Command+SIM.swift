extension Command {
    /// What the SIM waits for (TS 27.007 §8.3).
    public static let pinState = Command("AT+CPIN?", expects: .prefixed(["+CPIN:"]), within: Deadline.sim)

    public static func enterPIN(_ pin: CommandArgument) -> Command {
        Command("AT+CPIN=\(pin.text)", within: Deadline.sim, isSecret: true)
    }

    /// The card's number; makes that lack it have a command of their own.
    public static let cardIdentity = Command("AT+CCID", expects: .bare(prefix: "+CCID:"), within: Deadline.sim)
    public static let subscriberIdentity = Command("AT+CIMI", expects: .bare(prefix: "+CIMI:"), within: Deadline.sim)
    public static let ownNumber = Command("AT+CNUM", expects: .prefixed(["+CNUM:"]), within: Deadline.sim)
    public static let serviceCentre = Command("AT+CSCA?", expects: .prefixed(["+CSCA:"]), within: Deadline.sim)

    /// The service centre's number (TS 27.005 §3.3.1); the type of address follows from a leading `+`.
    public static func setServiceCentre(_ number: CommandArgument) -> Command {
        Command("AT+CSCA=\(number.text),\(number.text.hasPrefix("\"+") ? 145 : 129)", within: Deadline.sim)
    }
}
