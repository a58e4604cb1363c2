import AT
import Exchange
import Logging

/// What the exchange and the owner are told of the modem.
extension ModemTrunk {
    /// The modem serves: whatever waited for the line is due now.
    func cameUp(_ link: ModemLink) async {
        serving = link
        access.serves(
            link,
            ModemAccess.Facts(
                imsi: status.facts.imsi, number: status.facts.number, terminal: status.place, bearer: profile.bearer,
                dataCommands: profile.dataCommands))
        status.phase = .serving
        logger.info("modem ready", metadata: ["profile": "\(profile.name)", "device": "\(status.place ?? "")"])
        await tellFacts()
        returnOwed.owe()
        await tellLineIsBack()
        await environment.notices.clear(line, topic: Obstacle.topic, "The SIM is ready.")
    }

    func tellFacts() async {
        let facts = status.facts
        do {
            let known = try await environment.inbox.facts(of: line)
            if let known, let imsi = facts.imsi, facts.isOfAnotherSIM(than: known) {
                // Each SIM by itself: the one before may be back within the day.
                await environment.notices.tell(line, aside: "modem.another-sim.\(imsi)", Self.anotherSIMNotice)
            }
            try await environment.inbox.update(line, facts.rememberingSIM(of: known))
        } catch {
            status.ledgerTrouble = "\(error)"
        }
    }

    static let anotherSIMNotice = """
        The modem of this line has another SIM than before: texts leave from its number now, and what comes to it is brought here. If that is not \
        meant, look whether SIMs or modems have changed places; 'device: imei:' and its digits finds a modem wherever it is plugged in.
        """

    /// Tells it when it is owed and true. Where the ledger does not take it, the next look at the modem tells it again.
    func tellLineIsBack() async {
        guard status.canSend, returnOwed.isOwed else { return }
        do {
            try await environment.inbox.lineIsBack(line)
            returnOwed.told()
            if !mustLookAgain { status.ledgerTrouble = nil }
        } catch {
            status.ledgerTrouble = "\(error)"
        }
    }

    func block(_ obstacle: Obstacle) async {
        status.phase = .blocked(obstacle)
        logger.warning("modem blocked", metadata: ["reason": "\(obstacle.sentence)"])
        await environment.notices.tell(line, topic: Obstacle.topic, obstacle.sentence)
    }

    static let goneTopic = "modem.gone"
}
