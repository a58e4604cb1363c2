import AT
import Exchange
import Runtime
import Telephony

extension ModemTrunk {
    func recover(from trouble: RecoveryLadder.Trouble) async {
        let (step, notice) = ladder.next(after: trouble)
        status.phase = .absent(Self.words(trouble))
        logger.warning("modem lost", metadata: ["reason": "\(Self.words(trouble))"])
        if let notice { await environment.notices.tell(line, topic: Self.goneTopic, notice) }
        recoveringStep = step
        switch step {
        case .reopen(let pause): if await isPluggedIn(within: pause) { ladder.pluggedIn() }
        case .restart(let pause): await wait(pause)
        }
    }

    /// Waits this long, or until a device is plugged in. A modem that was away is to be set up before it finds its network: until then it
    /// takes delivery reports and hands them to nobody (TS 27.005 §3.4.1, `<ds>` 0).
    private func isPluggedIn(within pause: Duration) async -> Bool {
        let end = environment.clock.now.advanced(by: pause)
        var known = devices
        while !Task.isCancelled, environment.clock.now < end {
            await wait(min(Self.plugPause, environment.clock.now.duration(to: end)))
            let present = devices
            guard present.isSubset(of: known) else { return true }
            known = present
        }
        return false
    }

    /// Those present that may be the modem.
    private var devices: Set<SerialPlace> {
        switch settings.address {
        case .place(let place): environment.ports.isPluggedIn(place) ? [place] : []
        case .imei: Set(environment.ports.candidates())
        }
    }

    static let plugPause = Duration.milliseconds(250)

    /// A modem that restarts by itself now and then is nobody's business, one that keeps doing so has a weak supply.
    func noteRestart(_ banner: String) async {
        logger.warning("the modem restarted by itself", metadata: ["banner": "\(banner)"])
        status.restarts += 1
        restarts.append(environment.now())
        restarts = restarts.filter { environment.now() - $0 < .seconds(600) }
        guard restarts.count >= Self.restartsToTell else { return }
        await environment.notices.tell(
            line, topic: "modem.restarts", "The modem keeps restarting by itself. Give it a stronger power supply or a powered USB hub.")
    }

    static let restartsToTell = 4

    /// Tells the modem to restart, without much hope of an answer, and leaves it the time to do so.
    func restart(_ port: SerialPort) async {
        logger.warning("restarting the modem")
        status.restarts += 1
        status.phase = .absent("it answers nothing and is being restarted")
        try? await port.write(Array("\u{1B}\(Command.restart.text)\r".utf8))
        port.close()
        await wait(profile.restartTime)
    }

    private static func words(_ trouble: RecoveryLadder.Trouble) -> String {
        switch trouble {
        case .absent(let reason), .unusable(let reason): reason
        case .disconnected: "it was unplugged or its connection ended"
        case .hung: "it answers nothing"
        }
    }
}
