extension Command {
    public static let registrationEvents = Command("AT+CREG=2")
    public static let packetRegistrationEvents = Command("AT+CGREG=2")
    public static let epsRegistrationEvents = Command("AT+CEREG=2")
    public static let registration = Command("AT+CREG?", expects: .prefixed(["+CREG:"]))
    public static let packetRegistration = Command("AT+CGREG?", expects: .prefixed(["+CGREG:"]))
    public static let epsRegistration = Command("AT+CEREG?", expects: .prefixed(["+CEREG:"]))

    /// Operator names in long form; unlike mode 0, mode 3 starts no new registration (TS 27.007 §7.3).
    public static let operatorFormatLong = Command("AT+COPS=3,0")
    public static let operatorSelection = Command("AT+COPS?", expects: .prefixed(["+COPS:"]), within: Deadline.radio)

    public static let signalQuality = Command("AT+CSQ", expects: .prefixed(["+CSQ:"]))
    public static let extendedSignalQuality = Command("AT+CESQ", expects: .prefixed(["+CESQ:"]))

    /// Send a USSD string (TS 27.007 §7.15); the answer comes as `+CUSD`, before or long after OK.
    public static func ussd(_ string: CommandArgument, coding: UInt8) -> Command {
        Command("AT+CUSD=1,\(string.text),\(coding)", within: .seconds(60))
    }

    public static let cancelUSSD = Command("AT+CUSD=2")
    public static let ussdEvents = Command("AT+CUSD=1")
}
