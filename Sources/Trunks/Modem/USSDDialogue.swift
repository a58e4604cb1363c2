import AT
import Exchange

/// One USSD request at a time and the answer it waits for.
struct USSDDialogue: Sendable {
    private(set) var isWaiting = false
    private(set) var answer: AT.USSDAnswer?
    /// The writing that the modem last took.
    var writing: USSDWriting?
    let signal = WakeSignal()

    mutating func begin() {
        isWaiting = true
        answer = nil
    }

    /// An answer that nobody waits for is the network's own doing and is let go.
    mutating func arrived(_ answer: AT.USSDAnswer) {
        guard isWaiting else { return }
        self.answer = answer
        signal.ring()
    }

    mutating func end() -> AT.USSDAnswer? {
        defer {
            isWaiting = false
            answer = nil
        }
        return answer
    }

    mutating func linkEnded() {
        signal.ring()
    }
}
