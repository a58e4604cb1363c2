import Exchange
import HomelineTesting
import Store
import Synchronization
import Telephony

/// A text that Alice writes: her app repeats it under the same key until it was answered.
struct Written: Hashable, Sendable {
    let text: String
    let recipient: Address
    /// Octets of a picture that goes with it.
    var picture: [UInt8]?
}

/// Everything outside the process, which outlives it; and the process, as often as it is started.
final class World: Sendable {
    let place: LedgerPlace
    let carrier = Carrier()
    let centre = MessageCentre()
    let media: MemoryMediaStore
    let phone = Phone()
    let clock = ManualClock()
    let mint: Mint
    /// What the line does about sends in doubt.
    let doubt: DoubtPolicy
    private let outbox: Mutex<[Written]>

    /// Alice owns the line `home` and has two devices; Bert, of the same house, has one and no line.
    init(_ keeping: LedgerKeeping, writing outbox: [Written] = [], doubt: DoubtPolicy = .hold) async throws {
        self.doubt = doubt
        let now = clock.now()
        media = MemoryMediaStore(clock: clock)
        mint = .repeatable(clock)
        place = try keeping.place()
        self.outbox = Mutex(outbox)
        try await place.open { ledger in
            let household: [(PersonID, [LineID], [DeviceID])] = [("alice", ["home"], ["phone", "laptop"]), ("bert", [], ["tablet"])]
            for (person, lines, devices) in household {
                try await ledger.save(Person(id: person, lines: lines, credentials: SIPCredentials(realm: "", ha1MD5: "", ha1SHA256: "")))
                for device in devices {
                    try await ledger.save(
                        Binding(
                            person: person, device: device, contact: "sip:\(person)@192.0.2.1", path: [], flow: "", callID: "", cseq: 1,
                            userAgent: "", registeredAt: now, expiresAt: .distantFuture))
                }
            }
        }
    }

    /// What the app has not had an answer to, in the order written.
    var unanswered: [Written] { outbox.withLock { $0 } }

    func answer(_ written: Written) { outbox.withLock { $0.removeAll { $0 == written } } }

    /// How a process ended.
    struct Ending: Sendable {
        /// The step it died at; nil when it lived until all was done.
        let step: String?
        /// Messages of which something was handed over and not durably answered when it died.
        let cut: Set<MessageID>
    }

    /// Starts a process and lets it live until all is done, or until it dies at step `point`.
    func live(until point: Int = .max) async throws -> Ending {
        let signal = WakeSignal()
        let plug = Plug(at: point, ringing: signal)
        let pauses = ManualPauses(clock, ringing: signal)
        return try await place.open { [self] ledger in
            let process = try Process(self, ledger: InterceptedLedger(Socket(ledger: ledger, plug: plug)), plug: plug, pauses: pauses)
            try await withThrowingTaskGroup(of: IsOver.self) { group in
                for service in process.services {
                    group.addTask {
                        // A service may fail because its process is dead, and for no other reason.
                        do { try await service.run() } catch where plug.isPulled {}
                        return .notYet
                    }
                }
                group.addTask { [self] in
                    while !plug.isPulled, try await !isDone(ledger) {
                        try Task.checkCancellation()
                        // All that is left may be a report on what no ledger knows of, which is put aside after a while.
                        if try await isIdle(ledger), !pauses.waits.isEmpty { pauses.advance(by: .seconds(61)) }
                        await signal.wait()
                    }
                    return .over
                }
                while try await group.next() == .notYet {}
                group.cancelAll()
                try await group.waitForAll()
            }
            return Ending(step: plug.last, cut: try await cut(ledger))
        }
    }

    private enum IsOver { case notYet, over }

    /// Asked in the order in which things move on, so that nothing slips by from a place yet to be looked at to one looked at before.
    private func isDone(_ ledger: any Ledger) async throws -> Bool {
        guard try await isIdle(ledger), try await ledger.unreadReceipts(line: "home").isEmpty, try await ledger.retrievals().allSatisfy({ !$0.state.isOpen }) else { return false }
        guard try await ledger.unreadReceipts(line: "home").isEmpty else { return false }
        return try await hasNothingOpen(ledger)
    }

    private func isIdle(_ ledger: any Ledger) async throws -> Bool {
        guard unanswered.isEmpty, try await hasNothingOpen(ledger) else { return false }
        return carrier.held.isEmpty
    }

    private func hasNothingOpen(_ ledger: any Ledger) async throws -> Bool {
        let backlog = try await ledger.backlog()
        return backlog[.pending] == nil && backlog[.claimed] == nil
    }

    private func cut(_ ledger: any Ledger) async throws -> Set<MessageID> {
        var cut: Set<MessageID> = []
        for record in try await ledger.messages(after: nil, limit: 1000, lines: nil) {
            let kinds = try await ledger.timeline(record.message.id).map(\.kind)
            if kinds.count(where: { $0 == .submitting }) > kinds.count(where: { $0 == .segmentAccepted }) { cut.insert(record.message.id) }
        }
        return cut
    }
}
