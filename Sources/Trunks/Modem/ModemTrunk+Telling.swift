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
        do {
            try await environment.inbox.update(line, status.facts)
        } catch {
            status.ledgerTrouble = "\(error)"
        }
    }

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
