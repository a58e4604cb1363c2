import AT
import Exchange
import Runtime

extension ModemTrunk {
    func recover(from trouble: RecoveryLadder.Trouble) async {
        let (step, notice) = ladder.next(after: trouble)
        status.phase = .absent(Self.words(trouble))
        logger.warning("modem lost", metadata: ["reason": "\(Self.words(trouble))"])
        if let notice { await environment.notices.tell(line, topic: Self.goneTopic, notice) }
        recoveringStep = step
        switch step {
        case .reopen(let pause), .restart(let pause): await wait(pause)
        }
    }

    /// Tells the modem to restart, without much hope of an answer, and leaves it the time to do so.
    func restart(_ port: SerialPort) async -> RecoveryLadder.Trouble {
        logger.warning("restarting the modem")
        status.phase = .absent("it answers nothing and is being restarted")
        try? await port.write(Array("\u{1B}\(Command.restart.text)\r".utf8))
        port.close()
        await wait(profile.restartTime)
        return .hung
    }

    private static func words(_ trouble: RecoveryLadder.Trouble) -> String {
        switch trouble {
        case .absent(let reason), .unusable(let reason): reason
        case .disconnected: "it was unplugged or its connection ended"
        case .hung: "it answers nothing"
        }
    }
}
