import AT
import Exchange
import Telephony
import Wire

extension ModemTrunk {
    /// Acts on notifications until the link ends. What the modem holds is deleted or acknowledged only after it is durable here.
    func receive(over link: ModemLink) async -> WorkEnding {
        box.requestDrain()
        box.change { $0.reportsAreStored = self.reportStorage != nil }
        while !Task.isCancelled {
            await box.signal.wait()
            guard !Task.isCancelled else { break }
            let pending = box.takeAll()
            await take(pending, link)
            if let banner = pending.restartedBy, !expectsBanners {
                await noteRestart(banner)
                return .mustSetUpAgain
            }
            if let state = pending.sim, state.needsSomebody { return .mustSetUpAgain }
        }
        return .linkEnded
    }

    private func take(_ pending: PendingNotifications, _ link: ModemLink) async {
        if pending.dropped > 0 { logger.error("messages handed over faster than they could be stored", metadata: ["dropped": "\(pending.dropped)"]) }
        if pending.isCutOff { await noteCutOff() }
        keep(pending)
        await recordDirect(link)
        if let signal = pending.signal, signal.strength != nil { status.signal = signal }
        if let answer = pending.ussd { ussd.arrived(answer) }
        if pending.registrationChanged { registrationChanged.ring() }
        if pending.storageIsFull { logger.warning("the modem's message storage is full") }
        await holdingStorage {
            await fetch(pending.indexes, link, alsoAll: pending.mustDrain)
            for foreign in pending.foreignStorages { await drain(foreign, link) }
            if pending.reportsAreStored, let reportStorage { await drain(reportStorage, link) }
        }
    }

    /// Empties the storage for a text that the modem has no room to send.
    func emptyStorage(_ link: ModemLink) async {
        await holdingStorage { _ = await drain(link) }
    }

    /// One at a time: which storage is selected is the modem's state, and a place means nothing without it.
    private func holdingStorage(_ body: () async -> Void) async {
        while storageIsHeld { await withCheckedContinuation { storageWaiters.append($0) } }
        storageIsHeld = true
        await body()
        storageIsHeld = false
        let waiters = storageWaiters
        storageWaiters = []
        for waiter in waiters { waiter.resume() }
    }

    // MARK: Handed over directly

    /// What the modem handed over last, before the link ended: a modem that awaits no acknowledgement has it no longer.
    func keepHandedOver(_ link: ModemLink) async {
        keep(box.takeAll())
        await recordDirect(link)
    }

    private func keep(_ pending: PendingNotifications) {
        unrecorded += pending.direct
        unrecordedSince = unrecordedSince ?? pending.directSince
    }

    /// Makes PDUs durable, then acknowledges each: without that the network repeats them.
    private func recordDirect(_ link: ModemLink) async {
        guard !unrecorded.isEmpty else { return }
        let batch = unrecorded, since = unrecordedSince ?? environment.clock.now
        let hadTrouble = status.ledgerTrouble != nil, isAwaited = acknowledges
        guard let receipts = await record(batch) else { return retryLater() }
        unrecorded.removeFirst(batch.count)
        if unrecorded.isEmpty { unrecordedSince = nil }
        // A modem that waited too long for its acknowledgement has turned notifications off.
        if hadTrouble, isAwaited { await chooseNotifications(link) }
        for receipt in receipts {
            guard isAwaited else {
                await release([receipt])
                continue
            }
            if await acknowledge(link, handedOverAt: since) { await release([receipt]) }
        }
    }

    /// What is not acknowledged comes again; where nothing is acknowledged, the network takes it for delivered.
    private func noteCutOff() async {
        logger.warning("a message was cut off on the line", metadata: ["repeated": "\(acknowledges)"])
        guard !acknowledges else { return }
        await environment.notices.tell(line, topic: "modem.cut-off", Self.cutOffNotice)
    }

    static let cutOffNotice = """
        A text was cut off between the modem and Homeline and is lost. Look at the modem's cable, and ask those who may have written to do so \
        again. With 'receive: stored' the modem keeps texts until they are read.
        """

    /// Whether the modem heard it; if not, the network repeats the message. That none was expected (CMS 340) changes nothing, unless it comes
    /// late: then the modem has waited for it, and told the network that nobody takes the message.
    private func acknowledge(_ link: ModemLink, handedOverAt since: ContinuousClock.Instant) async -> Bool {
        switch profile.acknowledgement {
        case .withZero:
            let reply = await link.perform(.acknowledge)
            if reply.isOK { return true }
            return reply.isFinal ? isHeard(await link.perform(.acknowledgeBare), since) : false
        case .bare:
            return isHeard(await link.perform(.acknowledgeBare), since)
        case .never:
            return true
        }
    }

    private func isHeard(_ reply: Reply, _ since: ContinuousClock.Instant) -> Bool {
        let isLate = since.duration(to: environment.clock.now) > Self.acknowledgementPatience
        return reply.isOK || reply.isFinal && !isLate
    }

    /// Less than any modem waits for an acknowledgement; most do so for fifteen seconds.
    static let acknowledgementPatience = Duration.seconds(10)

    // MARK: Kept by the modem

    /// Reads the told places; looks through everything when a place was not told, turned out empty, or is asked for.
    private func fetch(_ indexes: [UInt16], _ link: ModemLink, alsoAll: Bool) async {
        var mustDrain = alsoAll
        var messages: [StoredMessage] = []
        for index in indexes where !mustDrain {
            guard let stored = await read(index, link) else {
                mustDrain = true
                break
            }
            if stored.isReceived { messages.append(stored) }
        }
        await keep(messages, in: storage, link)
        guard mustDrain else { return }
        let found = await drain(link)
        if case .late(let pause) = profile.listing, found == 0, !indexes.isEmpty {
            // The list lags behind the notification.
            await wait(pause)
            _ = await drain(link)
        }
    }

    /// Records everything in the storage and deletes what was recorded. Returns how many messages there were.
    private func drain(_ link: ModemLink) async -> Int {
        let messages = await listed(link)
        await keep(messages, in: storage, link)
        if !messages.isEmpty || status.storage?.isFull == true { await lookAfterDraining(link) }
        return messages.count
    }

    /// Another storage than the one we receive into: selected for reading, drained, left again.
    private func drain(_ other: Storage, _ link: ModemLink) async {
        guard await link.perform(.readStorage(other)).isOK else { return }
        await keep(await listed(link), in: other, link)
        if let storage { _ = await link.perform(.readStorage(storage)) }
    }

    private func listed(_ link: ModemLink) async -> [StoredMessage] {
        var messages = await link.perform(.listMessages).lines.compactMap { StoredMessage($0) }.filter(\.isReceived)
        for place in messages.indices where !messages[place].isWhole {
            guard let index = messages[place].index else { continue }
            messages[place] = await read(index, link) ?? messages[place]
        }
        return StoredOrder.sorted(messages)
    }

    /// What is at this place, read a second time when the line spoilt it. Nil when nothing is there.
    private func read(_ index: UInt16, _ link: ModemLink) async -> StoredMessage? {
        var best: StoredMessage?
        for _ in 0..<2 where best?.isWhole != true {
            guard let line = await link.perform(.readMessage(index)).lines.first, var stored = StoredMessage(line) else { return best }
            stored.index = index
            best = stored
        }
        return best
    }

    private func keep(_ messages: [StoredMessage], in storage: Storage?, _ link: ModemLink) async {
        let name = storage?.rawValue ?? ""
        let held = messages.compactMap { message in message.index.map { (index: $0, content: message.content) } }
        guard !held.isEmpty else { return }
        guard let receipts = await record(held.map { HeldMessage(place: "\(name)/\($0.index)", content: $0.content) }) else { return retryLater() }
        for (message, receipt) in zip(held, receipts) {
            // After a restart another storage may be selected, and the place means another message.
            guard !box.tellsRestart else { return }
            if await link.perform(.deleteMessage(message.index)).isOK { await release([receipt]) }
        }
    }

    private func lookAfterDraining(_ link: ModemLink) async {
        guard let uses = await link.perform(.storageUse).texts.lazy.compactMap({ StorageUse.all(line: $0) }).first else { return }
        status.storage = uses.last
        if status.storage?.isFull == true {
            await environment.notices.tell(
                line, topic: Self.fullTopic,
                "The modem's message storage is full of messages that Homeline may not delete (drafts or sent ones). New texts wait in the network until some are deleted."
            )
        } else {
            await environment.notices.clear(line, topic: Self.fullTopic, "The modem's message storage has room again.")
        }
    }

    // MARK: The ledger

    /// Nil when the ledger refused: everything stays where it is.
    private func record(_ messages: [HeldMessage]) async -> [ReceiptID]? {
        do {
            let receipts = try await environment.inbox.record(messages.map(\.arrival), line: line)
            status.ledgerTrouble = nil
            return receipts
        } catch {
            status.ledgerTrouble = "\(error)"
            logger.error("received messages could not be recorded", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    /// A receipt that is not released costs nothing but a comparison when its place is used again.
    private func release(_ receipts: [ReceiptID]) async {
        do {
            try await environment.inbox.release(receipts)
        } catch {
            logger.warning("a receipt could not be released", metadata: ["reason": "\(error)"])
        }
    }

    /// The watch asks for another look within half a minute.
    private func retryLater() {
        mustLookAgain = true
    }
}

extension SIMState {
    /// Whether the SIM is of no use until it is put in or opened.
    var needsSomebody: Bool {
        switch self {
        case .absent, .pin, .puk: true
        case .ready, .pin2, .puk2, .locked, .busy, .failed, .other: false
        }
    }
}

extension StoredMessage {
    /// Ours to take: everything but drafts and copies of sent messages.
    var isReceived: Bool {
        switch status {
        case .unread, .read, .other: true
        case .unsent, .sent: false
        }
    }
}
