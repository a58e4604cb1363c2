/// The five values of `+CNMI` (3GPP TS 27.005 §3.4.1).
struct Indications: Equatable, Sendable {
    var mode = 0
    var messages = 0
    var broadcasts = 0
    var reports = 0
    var buffer = 0

    var values: [Int] { [mode, messages, broadcasts, reports, buffer] }
}
