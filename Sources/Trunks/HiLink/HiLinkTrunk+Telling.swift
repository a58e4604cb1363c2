import Exchange
import Logging
import Telephony

/// What the exchange and the owner are told of the router.
extension HiLinkTrunk {
    static let goneTopic = "hilink.gone"
    static let blockedTopic = "hilink.blocked"
    static let simTopic = "hilink.sim"
    static let fullTopic = "hilink.storage-full"
    static let unreadableTopic = "hilink.unreadable"
    static let pictureTopic = "hilink.pictures"
    /// So many rounds without an answer are no hiccup.
    static let patience = 4

    /// The router answered.
    func isBack() async {
        misses = 0
        let wasServing = status.phase == .serving
        status.phase = .serving
        await environment.notices.clear(line, topic: Self.goneTopic, "The router is back.")
        await environment.notices.clear(line, topic: Self.blockedTopic, "The router lets Homeline in again.")
        if !wasServing {
            logger.info("router ready", metadata: ["router": "\(settings.address.host)"])
            returnOwed.owe()
        }
        if status.facts != told { await tellFacts() }
        await tellLineIsBack()
    }

    func isAway(_ trouble: RouterTrouble) async {
        misses += 1
        isSetUp = false
        if case .blocked(let obstacle) = trouble {
            status.phase = .blocked(obstacle)
            logger.warning("router blocked", metadata: ["reason": "\(obstacle.sentence)"])
            await environment.notices.tell(line, topic: Self.blockedTopic, obstacle.sentence)
        } else if misses >= Self.patience || status.phase != .serving {
            status.phase = .absent(trouble.sentence)
            logger.info("router does not serve", metadata: ["reason": "\(trouble.sentence)"])
        }
        guard misses == Self.patience, status.isAbsent else { return }
        await environment.notices.tell(
            line, topic: Self.goneTopic, "The router at \(settings.address.host) does not serve. \(trouble.sentence) Texts wait until it does.")
    }

    func tellFacts() async {
        let facts = status.facts
        do {
            let known = try await environment.inbox.facts(of: line)
            if let known, let imsi = facts.imsi, facts.isOfAnotherSIM(than: known) {
                // Each SIM by itself: the one before may be back within the day.
                await environment.notices.tell(line, aside: "hilink.another-sim.\(imsi)", Self.anotherSIMNotice)
            }
            try await environment.inbox.update(line, facts.rememberingSIM(of: known))
            told = facts
            status.ledgerTrouble = nil
        } catch {
            status.ledgerTrouble = "\(error)"
        }
    }

    static let anotherSIMNotice = """
        The router of this line has another SIM than before: texts leave from its number now, and what comes to it is brought here. If that is not \
        meant, look whether SIMs or routers have changed places.
        """

    /// Tells it when it is owed and true. Where the ledger does not take it, the next round tells it again.
    private func tellLineIsBack() async {
        guard status.canSend, returnOwed.isOwed else { return }
        do {
            try await environment.inbox.lineIsBack(line)
            returnOwed.told()
            status.ledgerTrouble = nil
        } catch {
            status.ledgerTrouble = "\(error)"
        }
    }
}
