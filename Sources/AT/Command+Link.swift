extension Command {
    /// Nothing but a sign of life (V.250 §5.2.1).
    public static let attention = Command("AT", within: .seconds(2))
    /// Echo off (V.250 §6.2.4).
    public static let echoOff = Command("ATE0")
    /// Result codes as words (V.250 §6.2.6).
    public static let verboseResults = Command("ATV1")
    /// Errors as numbers (TS 27.007 §9.1).
    public static let numericErrors = Command("AT+CMEE=1")

    // Identity (TS 27.007 §5).
    public static let manufacturer = Command("AT+CGMI", expects: .bare(prefix: "+CGMI:"))
    public static let model = Command("AT+CGMM", expects: .bare(prefix: "+CGMM:"))
    public static let revision = Command("AT+CGMR", expects: .bare(prefix: "+CGMR:"))
    public static let serialNumber = Command("AT+CGSN", expects: .bare(prefix: "+CGSN:"))
    public static let identification = Command("ATI", expects: .bare(prefix: ""))

    public static let functionality = Command("AT+CFUN?", expects: .prefixed(["+CFUN:"]))
    /// Full functionality (TS 27.007 §8.2).
    public static let radioOn = Command("AT+CFUN=1", within: Deadline.radio)
    /// Restart the modem.
    public static let restart = Command("AT+CFUN=1,1", within: Deadline.radio)
    public static let clock = Command("AT+CCLK?", expects: .prefixed(["+CCLK:"]))
    public static let characterSets = Command("AT+CSCS=?", expects: .prefixed(["+CSCS:"]))
    /// Strings as GSM default alphabet (TS 27.007 §5.5).
    public static let gsmCharacterSet = Command("AT+CSCS=\"GSM\"")
    public static let ucs2CharacterSet = Command("AT+CSCS=\"UCS2\"")
}
