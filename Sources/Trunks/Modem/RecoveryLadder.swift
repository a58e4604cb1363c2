/// What to do when a modem went away or stopped answering: reopen, restart it, and in the end tell its owner. Pure.
struct RecoveryLadder: Equatable, Sendable {
    enum Trouble: Equatable, Sendable {
        /// The port cannot be opened; the sentence says why.
        case absent(String)
        /// The line ended while in use.
        case disconnected
        /// The modem answers nothing.
        case hung
        /// It answers, but not what it must.
        case unusable(String)
    }

    enum Step: Equatable, Sendable {
        case reopen(after: Duration)
        /// Send `AT+CFUN=1,1` at the next opening, then wait for the modem to come up.
        case restart(after: Duration)
    }

    /// Failures before the owner is told, so that a modem which is replugged or starts anew makes no noise.
    static let patience = 4

    private(set) var failures = 0
    /// Failures since something was plugged in.
    private var tries = 0
    private var hangs = 0

    /// The next step, and what the owner is to be told.
    mutating func next(after trouble: Trouble) -> (step: Step, notice: String?) {
        failures += 1
        tries += 1
        let pause = Duration.seconds(min(1 << min(tries - 1, 5), 30))
        switch trouble {
        case .absent(let reason):
            hangs = 0
            return (.reopen(after: pause), failures >= Self.patience ? "The modem cannot be reached: \(reason). Texts wait until it is back." : nil)
        case .disconnected:
            return (
                .reopen(after: tries == 1 ? .milliseconds(500) : pause),
                failures >= Self.patience ? "The modem keeps disconnecting. Check its cable and power." : nil
            )
        case .unusable(let reason):
            return (.reopen(after: pause), failures >= Self.patience ? "The modem does not work as a text modem: \(reason)." : nil)
        case .hung:
            hangs += 1
            let notice = hangs >= 3 ? "The modem answers nothing and a restart did not help. Unplug it, wait ten seconds and plug it in again." : nil
            return (hangs >= 2 && hangs.isMultiple(of: 2) ? .restart(after: pause) : .reopen(after: pause), notice)
        }
    }

    /// A device is there anew: it is tried at once, and soon again while the system still makes it ours to open.
    mutating func pluggedIn() { tries = 0 }

    /// The modem works again. True when something had gone wrong before.
    mutating func recovered() -> Bool {
        defer { self = RecoveryLadder() }
        return failures > 0
    }
}
