import AT
import Exchange
import Runtime

extension ModemTrunk {
    /// Asks the modem now and then how it is; a modem that does not answer is found out by it.
    func watch(_ link: ModemLink) async -> WorkEnding {
        var round = 0
        var nextRound = environment.clock.now.advanced(by: acknowledges ? Self.patienceOfModem : Self.watchPause)
        while !Task.isCancelled {
            await registrationChanged.wait(until: nextRound, clock: environment.clock)
            guard !Task.isCancelled else { break }
            await refreshNetwork(link)
            if environment.clock.now >= nextRound {
                round += 1
                nextRound = environment.clock.now.advanced(by: Self.watchPause)
                await look(link, round: round)
                if await hasForgotten(link) {
                    await noteRestart("none")
                    return .mustSetUpAgain
                }
            } else {
                // A modem at the edge of two cells tells every change.
                await wait(Self.pauseAfterChange)
            }
        }
        return .linkEnded
    }

    private func look(_ link: ModemLink, round: Int) async {
        if ladder.recovered() { await environment.notices.clear(line, topic: Self.goneTopic, "The modem is back.") }
        if mustLookAgain {
            mustLookAgain = false
            box.requestDrain()
        }
        if round.isMultiple(of: Self.roundsBetweenStorageLooks) {
            await refreshStorage(link)
            // The count is wrong on some makes, so now and then everything is listed whatever it says.
            if status.storage.map({ $0.used > 0 }) ?? true || round.isMultiple(of: Self.roundsBetweenDrains) { box.requestDrain() }
        }
        if round.isMultiple(of: Self.roundsBetweenOperatorLooks) { await refreshOperator(link) }
    }

    /// Whether a restart without a word put the modem's settings back.
    private func hasForgotten(_ link: ModemLink) async -> Bool {
        let held = await link.perform(.notificationSetting).texts.lazy.compactMap { NotificationSetting(line: $0) }.first
        guard let notifications, let held else { return false }
        return held.messages != notifications.messages || held.reports != notifications.reports
    }

    /// Registration and signal.
    func refreshNetwork(_ link: ModemLink) async {
        let couldSend = status.canSend
        await refreshRegistrations(link)
        if let reading = SignalReading(lines: await link.perform(profile.signal).texts), reading.strength != nil {
            status.signal = reading
        } else if profile.signal != .signalQuality {
            status.signal = SignalReading(lines: await link.perform(.signalQuality).texts)
        }
        if !couldSend, status.canSend {
            returnOwed.owe()
            await refreshOperator(link)
        }
        await tellLineIsBack()
    }

    /// All at once: a modem that goes from one to another is at no time without any.
    private func refreshRegistrations(_ link: ModemLink) async {
        let circuit = await registration(.registration, link)
        let packet = await registration(.packetRegistration, link)
        let evolved = await registration(.epsRegistration, link)
        status.circuit = circuit ?? status.circuit
        status.packet = packet ?? status.packet
        status.evolved = evolved ?? status.evolved
    }

    private func registration(_ query: Command, _ link: ModemLink) async -> Registration? {
        await link.perform(query).texts.lazy.compactMap { Registration(line: $0, form: .answer) }.first
    }

    func refreshOperator(_ link: ModemLink) async {
        guard let selection = await link.perform(.operatorSelection).texts.lazy.compactMap({ OperatorSelection(line: $0) }).first else { return }
        guard status.facts.carrier != selection.name else { return }
        status.facts.carrier = selection.name
        // While it is being set up everything is told at the end.
        if status.phase == .serving { await tellFacts() }
    }

    func refreshStorage(_ link: ModemLink) async {
        guard let uses = await link.perform(.storageUse).texts.lazy.compactMap({ StorageUse.all(line: $0) }).first else { return }
        status.storage = uses.last
        guard status.storage?.isFull == true else {
            await environment.notices.clear(line, topic: Self.fullTopic, "The modem's message storage has room again.")
            return
        }
        box.requestDrain()
    }

    static let watchPause = Duration.seconds(30)
    /// When a modem has certainly turned its notifications off for want of an acknowledgement that our last life owed it.
    static let patienceOfModem = Duration.seconds(16)
    static let pauseAfterChange = Duration.seconds(2)
    static let roundsBetweenStorageLooks = 2
    static let roundsBetweenOperatorLooks = 10
    static let roundsBetweenDrains = 20
    static let fullTopic = "modem.storage-full"
}

extension NotificationBox {
    func requestDrain() {
        change { $0.mustDrain = true }
    }
}
