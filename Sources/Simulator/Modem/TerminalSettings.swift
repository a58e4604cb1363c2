/// How the modem talks to its terminal (ITU-T V.250 §6.2): what `ATZ` and `AT&F` put back.
struct TerminalSettings: Equatable, Sendable {
    /// `ATE`
    var echo = true
    /// `ATV`: results in words rather than numbers.
    var verbose = true
    /// `ATQ`: no results at all.
    var quiet = false
    /// `+CMEE`: 0 bare, 1 numeric, 2 in words.
    var errorStyle = 0
    /// `+CSCS`
    var charset = "GSM"
}
