/// Faults that wait for their occasion.
struct FaultPlan: Sendable {
    var disconnect: (afterTextOctets: Int, duration: Duration?)?
    var trickle: Duration?
    var storm: (line: String, every: Duration)?
    var interruption: String?
    var negativeIndex = false
    var prompt: Prompt?
    var lostAnswers = 0
    var answerDelay: Duration?
    var refusal: (error: ModemError, times: Int)?

    enum Prompt: Equatable, Sendable {
        case late(Duration), missing, endless
    }

    /// The error for a send now, if one is due.
    mutating func takeRefusal() -> ModemError? {
        guard let planned = refusal, planned.times > 0 else { return nil }
        refusal = planned.times > 1 ? (planned.error, planned.times - 1) : nil
        return planned.error
    }

    mutating func takeLostAnswer() -> Bool {
        guard lostAnswers > 0 else { return false }
        lostAnswers -= 1
        return true
    }
}
