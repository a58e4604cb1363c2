import Exchange
import Telephony

extension Books {
    mutating func announce(_ new: Retrieval, receipts: [ReceiptID], at: Instant) {
        guard let notice = receipts.first else { return }
        let lag = clockSteps.lag(of: at), retrieval = new.shifted(by: lag)
        let isKnown = isKnown(retrieval)
        if !isKnown { retrievals.append(RetrievalRow(retrieval: retrieval, notice: notice, due: at + lag)) }
        for receipt in receipts {
            enter(isKnown ? .notForPeople : .announced, at: at, receipt: receipt, isKnown ? Sentence.announcedBefore : Sentence.announced(retrieval))
        }
    }

    /// A place holds one message. Where it is announced under another name while it is to be fetched, the carrier waits for an answer to that.
    private mutating func isKnown(_ new: Retrieval) -> Bool {
        let known = retrievals.indices.filter {
            retrievals[$0].retrieval.line == new.line && retrievals[$0].retrieval.announcement.location == new.announcement.location
        }
        if known.contains(where: { retrievals[$0].retrieval.announcement.transaction == new.announcement.transaction }) { return true }
        guard let open = known.first(where: { retrievals[$0].state.isOpen }) else { return false }
        retrievals[open].retrieval = retrievals[open].retrieval.announced(as: new.announcement.transaction)
        return true
    }

    func retrievals(of line: LineID, due: Instant, limit: Int) -> DueRetrievals {
        let open = retrievals.filter { $0.state.isOpen && $0.retrieval.line == line }
        let now = open.filter { $0.due <= due }.sorted { $0.due < $1.due }
        return DueRetrievals(records: now.prefix(max(0, limit)).map(\.record), nextDue: open.map(\.due).filter { $0 > due }.min())
    }

    func openRetrievals() -> [RetrievalRecord] {
        retrievals.filter { $0.state == .failed }.map(\.record) + retrievals.filter(\.state.isOpen).map(\.record)
    }

    mutating func note(_ step: RetrievalStep, of id: RetrievalID, at: Instant) throws(LedgerError) {
        guard let index = retrievals.firstIndex(where: { $0.retrieval.id == id && $0.state.isOpen }) else {
            throw .conflict("retrieval \(id) is not open")
        }
        let (notice, state) = (retrievals[index].notice, retrievals[index].state)
        let lag = clockSteps.lag(of: at)
        retrievals[index].due = at + lag
        retrievals[index].failure = nil
        switch step {
        case .held(let receipt):
            guard retrievals[index].state == .waiting else { throw .conflict("retrieval \(id) is held already") }
            _ = try record([receipt])
            retrievals[index].state = .held
            retrievals[index].attempts = 0
        case .acknowledged(let transaction):
            guard transaction == retrievals[index].retrieval.announcement.transaction else { return }
            retrievals[index].state = .done
            enter(of: notice, .accepted, at, Sentence.acknowledged)
        case .deferred(let failure, let until):
            retrievals[index].attempts += 1
            retrievals[index].due = until + lag
            retrievals[index].failure = failure
            enter(of: notice, .notRetrieved, at, Sentence.vain(state, failure, until: until))
        case .failed(let failure):
            retrievals[index].state = retrievals[index].state == .held ? .done : .failed
            retrievals[index].failure = failure
            enter(of: notice, .notRetrieved, at, Sentence.vain(state, failure, until: nil))
        }
    }

    mutating func enter(of notice: ReceiptID, _ kind: TimelineEntry.Kind, _ at: Instant, _ detail: String) {
        let message = entries.first { $0.receipt == notice && $0.entry.message != nil }?.entry.message
        enter(kind, at: at, message: message, receipt: notice, detail)
    }

    /// The notice whose message came in these receipts.
    func notices(of receipts: [ReceiptID]) -> [ReceiptID] {
        receipts.compactMap { id in
            guard let number = receiptNumbers[id] else { return nil }
            let receipt = self.receipts[number - 1].receipt
            guard receipt.format == .multimedia else { return nil }
            return retrievals.first { $0.retrieval.line == receipt.line && receipt.place == "mms/\($0.retrieval.id)" }?.notice
        }
    }
}
