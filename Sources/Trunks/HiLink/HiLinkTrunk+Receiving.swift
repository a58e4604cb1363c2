import Exchange
import Logging
import Messaging
import Telephony

/// Takes what has come: records it, and only then deletes it in the router, and only then lets its place be used again.
extension HiLinkTrunk {
    /// Pages, in one round; what is left comes in the next.
    static let pageLimit = 60

    /// One look at a time: two would delete by the same numbers, which the router may have used again in between.
    func receive() async throws(RouterTrouble) {
        if let trouble = await receiving.take({ await self.takeAll() }), let trouble { throw trouble }
    }

    /// What stood in the way; nil when nothing did.
    private func takeAll() async -> RouterTrouble? {
        do {
            try await takeAllBoxes()
            return nil
        } catch {
            return error
        }
    }

    private func takeAllBoxes() async throws(RouterTrouble) {
        let before = copies
        let counts = BoxCounts(try await link.get("api/sms/sms-count"))
        status.counts = counts
        var places: Set<String> = []
        refusesDeletion = false
        hidesText = false
        if counts.inbox > 0 { places.formUnion(try await drain(.inbox)) }
        if counts.simInbox > 0 { places.formUnion(try await drain(.simInbox)) }
        ripening.keep(places)
        if counts.sent + counts.drafts > 0, !copies.isEmpty {
            try await deleteCopies()
        } else {
            // The router keeps none of them.
            copies.subtract(before)
        }
        await tellOfHiddenText()
        if counts.isFull, counts.inbox == 0 || refusesDeletion {
            await tellOfRoom()
        } else if !counts.isFull {
            await environment.notices.clear(line, topic: Self.fullTopic, "The router's message store has room again.")
        }
    }

    /// Page by page; what is deleted makes the next ones move up. Returns the places of what was seen.
    private func drain(_ box: Box) async throws(RouterTrouble) -> Set<String> {
        var seen: Set<String> = []
        var page = 1
        for _ in 0..<Self.pageLimit {
            let listed = try await list(box, page: page)
            let fresh = listed.texts.filter { seen.insert(Self.place($0, in: box)).inserted }
            guard !fresh.isEmpty || !listed.isLast else { break }
            let ripe = fresh.filter { ripening.isRipe($0, at: Self.place($0, in: box), now: environment.now()) }
            guard let receipts = await record(ripe, in: box) else { break }
            let isDeleted = try await delete(ripe)
            if isDeleted { await release(receipts) }
            if listed.isLast { break }
            if ripe.isEmpty || !isDeleted { page += 1 }
        }
        return seen
    }

    private static func place(_ text: StoredText, in box: Box) -> String { "\(box.name)/\(text.index)" }

    // MARK: - The ledger

    /// Nil when the ledger refused: everything stays where it is.
    private func record(_ texts: [StoredText], in box: Box) async -> [ReceiptID]? {
        let come = texts.flatMap { arrivals(of: $0, in: box) }
        guard !come.isEmpty else { return [] }
        do {
            let receipts = try await environment.inbox.record(come, line: line)
            status.ledgerTrouble = nil
            await tellOfPictures(texts)
            return receipts
        } catch {
            status.ledgerTrouble = "\(error)"
            logger.error("received texts could not be recorded", metadata: ["reason": "\(error)"])
            return nil
        }
    }

    private func arrivals(of text: StoredText, in box: Box) -> [Inbox.Arrival] {
        let place = Self.place(text, in: box)
        switch received(text) {
        case .handover(let handover):
            return [Inbox.Arrival(place: place, format: .handover, octets: handover.encoded())]
        case .picture(let address, let number):
            let originator = environment.numbers.interpret(handed: number)
            let pdus = PictureAnnouncement.segments(address: address, from: originator, at: settings.clock.instant(text.date) ?? Instant(seconds: 0))
            return pdus.enumerated().map { Inbox.Arrival(place: "\(place)/\($0)", octets: $1) }
        }
    }

    private func received(_ text: StoredText) -> ReceivedText {
        ReceivedText(
            text, clock: settings.clock, numbers: environment.numbers, pictureServer: pictures?.server, canFetch: settings.pictures != nil)
    }

    /// A receipt that is not released costs nothing but a comparison when its place is used again.
    private func release(_ receipts: [ReceiptID]) async {
        do {
            try await environment.inbox.release(receipts)
        } catch {
            logger.warning("receipts could not be released", metadata: ["reason": "\(error)"])
        }
    }

    // MARK: - The router's boxes

    /// False where the router refused; the texts are then listed again, and known for what they are.
    private func delete(_ texts: [StoredText]) async throws(RouterTrouble) -> Bool {
        guard !texts.isEmpty else { return true }
        do {
            _ = try await link.post("api/sms/delete-sms", texts.map { .text("Index", "\($0.index)") })
            return true
        } catch {
            guard case .error(let refusal) = error else { throw error }
            refusesDeletion = true
            logger.warning("the router does not delete texts", metadata: ["reason": "\(refusal.sentence)"])
            return false
        }
    }

    /// Copies of what we sent, or could not send, fill the store that new texts need. One that is not on the first page is left to the owner.
    private func deleteCopies() async throws(RouterTrouble) {
        // Those of texts that leave meanwhile are the next round's.
        let marks = copies
        var ours: [StoredText] = []
        for box in [Box.sent, .drafts] { ours += try await list(box, order: .newestFirst).texts.filter { text in marks.contains { $0.names(text) } } }
        copies.subtract(marks)
        _ = try await delete(ours)
    }

    // MARK: - Words

    private func tellOfHiddenText() async {
        guard hidesText else { return await environment.notices.clear(line, topic: Self.unreadableTopic, "All texts in the router can be read again.") }
        await environment.notices.tell(
            line, topic: Self.unreadableTopic,
            "The router holds a text that cannot be read from here. Read it on the router's web page, and delete it there; others come as ever.")
    }

    private func tellOfRoom() async {
        let why = refusesDeletion
            ? "The router's message store is full, and the router does not delete the texts that Homeline has taken."
            : "The router's message store is full of drafts or sent texts, which Homeline does not delete."
        await environment.notices.tell(
            line, topic: Self.fullTopic, "\(why) New texts wait in the network until some are deleted on the router's web page.")
    }

    private func tellOfPictures(_ texts: [StoredText]) async {
        guard let notice = texts.lazy.compactMap({ PictureNotice($0) }).first else { return }
        if case .picture? = texts.lazy.filter({ PictureNotice($0) != nil }).map({ self.received($0) }).first { return }
        await environment.notices.tell(
            line, topic: Self.pictureTopic,
            "A picture message may have come, and cannot be fetched: of its notice the router shows only \"\(notice.shown)\" and hides the rest.")
    }
}
