import Exchange
import HomelineTesting
import Telephony
import Testing

@Suite(.timeLimit(.minutes(10))) struct WorkerTests {
    @Test func `an accepted attempt settles its delivery`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: "77")])
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(try await bench.books.deliveries(of: message).map(\.reference) == ["77"])
        #expect(try await bench.kinds(of: message) == [.message, .planned, .attempted, .accepted])
    }

    @Test func `texts of a conversation leave in the order they were written, each when the one before is settled`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench)
        try await bench.running(bench.dispatcher(bench.worker(capacity: 8, peer.perform))) {
            for text in ["1", "2", "3"] { try await bench.submit(text) }
            for text in ["1", "2", "3"] {
                try await bench.until { peer.open.count == 1 }
                #expect(peer.open.map(\.claim.message.text) == [text])
                peer.answer(text, .accepted(reference: nil))
                try await bench.until { peer.open.first?.claim.message.text != text }
            }
            try await bench.until { try await bench.books.backlog().isEmpty }
        }
        #expect(peer.texts == ["1", "2", "3"])
    }

    @Test func `one stuck delivery holds up its own conversation and no other`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench)
        try await bench.submit("stuck", to: [.bob])
        try await bench.submit("behind", to: [.bob])
        let free = try await bench.submit("free", to: [.carol])
        try await bench.running(bench.dispatcher(bench.worker(capacity: 8, peer.perform))) {
            try await bench.until { peer.open.count == 2 }
            peer.answer("free", .accepted(reference: nil))
            try await bench.until { try await bench.state(of: free) == .sent }
            #expect(peer.open.map(\.claim.message.text) == ["stuck"])
            peer.answer("stuck", .deferred(.away, until: nil))
            try await bench.until { bench.pauses.waits == [.seconds(5)] }
            let later = try await bench.submit("later", to: [.carol])
            try await bench.until { peer.open.count == 1 }
            peer.answer("later", .accepted(reference: nil))
            try await bench.until { try await bench.state(of: later) == .sent }
        }
        #expect(peer.texts.contains("behind") == false)
    }

    @Test func `no more attempts are open than there is room for`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench)
        for number in 1...5 { try await bench.submit("\(number)", to: [.number("+1555000\(number)")]) }
        try await bench.running(bench.dispatcher(bench.worker(capacity: 2, peer.perform))) {
            var done: Set<String> = []
            while done.count < 5 {
                try await bench.until { [done] in peer.open.count == min(2, 5 - done.count) }
                #expect(peer.texts.count == done.count + peer.open.count)
                let text = try #require(peer.open.first).claim.message.text
                peer.answer(text, .accepted(reference: nil))
                done.insert(text)
            }
            try await bench.until { try await bench.books.backlog().isEmpty }
        }
        #expect(peer.texts.count == 5)
    }

    @Test func `a deferred attempt is made again when its wait is over, and not before`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.deferred(.away, until: nil), .deferred(.away, until: nil), .accepted(reference: nil)])
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            for (attempts, wait) in [(1, Duration.seconds(5)), (2, .seconds(10))] {
                try await bench.until { bench.pauses.waits == [wait] }
                #expect(peer.texts.count == attempts)
                bench.pauses.advance(by: wait)
            }
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(try await bench.kinds(of: message) == [
            .message, .planned, .attempted, .deferred, .attempted, .deferred, .attempted, .accepted,
        ])
    }

    @Test func `a line that is back is tried at once`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.deferred(.away, until: .distantFuture), .accepted(reference: nil)])
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { bench.pauses.waits.count == 1 }
            try await bench.inbox.lineIsBack("home")
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(bench.now == start)
    }

    @Test func `what could not leave in time is given up, and its writer is told why`() async throws {
        let bench = Bench(lifetimes: Lifetimes(trunk: .seconds(60)))
        try await bench.haveAlice()
        let peer = ScriptedPeer(bench, answers: [.deferred(.away, until: .distantFuture)])
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { bench.pauses.waits == [.seconds(60)] }
            bench.pauses.advance(by: .seconds(60))
            try await bench.until { try await bench.state(of: message) == .failed }
        }
        #expect(peer.texts.count == 1)
        #expect(try await bench.waiting() == [.status(.failed(.bob, Failure(.expired)))])
    }

    @Test func `a send in doubt is not made again, and its writer is told`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let peer = ScriptedPeer(bench, answers: [.inDoubt(Failure(.lostAnswer))])
        let message = try await bench.submit("hello")
        let other = try await bench.submit("after it")
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { peer.open.count == 1 }
            peer.answer("after it", .accepted(reference: nil))
            try await bench.until { try await bench.state(of: other) == .sent }
            bench.pauses.advance(by: .seconds(3600))
        }
        #expect(peer.texts == ["hello", "after it"])
        #expect(try await bench.state(of: message) == .inDoubt)
        #expect(try await bench.waiting() == [.status(.inDoubt(.bob, Failure(.lostAnswer)))])
    }

    // MARK: - Stopping

    @Test func `an attempt that is open when the process stops has its grace, and is settled by its own answer`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench)
        let message = try await bench.submit("hello")
        let dispatcher = bench.dispatcher(bench.worker(peer.perform))
        try await bench.running(dispatcher) {
            try await bench.until { peer.open.count == 1 }
            dispatcher.stop()
            try await bench.until { bench.pauses.waits.contains(Worker.endpointGrace) }
            peer.answer("hello", .accepted(reference: nil))
            try await bench.until { try await bench.state(of: message) == .sent }
        }
    }

    @Test func `an attempt that outlives the grace is cut short and is the next process's first work`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench)
        let message = try await bench.submit("hello")
        let dispatcher = bench.dispatcher(bench.worker(peer.perform))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await dispatcher.run() }
            try await bench.until { peer.open.count == 1 }
            dispatcher.stop()
            try await bench.until { bench.pauses.waits.contains(Worker.endpointGrace) }
            bench.pauses.advance(by: Worker.endpointGrace)
            try await group.waitForAll()
        }
        #expect(try await bench.kinds(of: message).suffix(2) == [.attempted, .deferred])
        let next = try await bench.books.claim(.trunk("home"), limit: 0, now: bench.now, lease: bench.now, mint: bench.mint).nextDue
        #expect(next == bench.now)
    }

    @Test func `nothing more is handed over by a process that stops`() async throws {
        let bench = Bench()
        let gate = WakeSignal()
        let message = try await bench.submit("hello")
        let dispatcher = bench.dispatcher(
            bench.worker { _, journal in
                do {
                    try await journal.willSubmit(segment: 0, of: 2)
                    bench.happenings.ring()
                    await gate.wait()
                    try await journal.accepted(segment: 0, reference: "1")
                    try await journal.willSubmit(segment: 1, of: 2)
                    return .accepted(reference: "1")
                } catch {
                    return .deferred(Failure(.timeout), until: nil)
                }
            })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await dispatcher.run() }
            try await bench.until { try await bench.kinds(of: message).contains(.submitting) }
            dispatcher.stop()
            gate.ring()
            try await group.waitForAll()
        }
        #expect(try await bench.kinds(of: message) == [.message, .planned, .attempted, .submitting, .segmentAccepted, .deferred])
    }

    @Test func `news that cannot be brought breeds no news`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let trunk = ScriptedPeer(bench, answers: [.failed(Failure(.cms(38)))])
        let phone = ScriptedPeer(bench, answers: [.failed(Failure(.sip(404)))])
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(trunk.perform), bench.worker(for: .endpoint(.softphone), phone.perform))) {
            try await bench.until { try await bench.books.backlog().isEmpty }
        }
        #expect(try await bench.books.deliveries(of: message).map(\.state) == [.failed, .failed])
        #expect(phone.texts.count == 1)
    }

    // MARK: - The ledger's troubles

    @Test(arguments: [LedgerError.busy("locked"), .full("no room")])
    func `an outcome is kept until the ledger takes it, and the attempt is not made again`(error: LedgerError) async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let peer = ScriptedPeer(bench, answers: [.failed(Failure(.cms(38)))])
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.settle, times: 2, error)
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            for _ in 0..<2 {
                try await bench.until { bench.pauses.waits == [.seconds(1)] }
                bench.pauses.advance(by: .seconds(1))
            }
            try await bench.until { try await bench.state(of: message) == .failed }
        }
        #expect(peer.texts == ["hello"])
        #expect(try await bench.waiting().count == 1)
    }

    @Test func `an outcome that meets a damaged page holds up its own conversation and no other, and is never made again`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil), .accepted(reference: nil)])
        let stuck = try await bench.submit("stuck", to: [.bob])
        let behind = try await bench.submit("behind", to: [.bob])
        let other = try await bench.submit("other", to: [.carol])
        bench.ledger.refuse(.settle, .unusable("a page is damaged"))
        try await bench.running(bench.dispatcher(bench.worker(peer.perform), pause: bench.pauses.pause)) {
            try await bench.until { try await bench.state(of: other) == .sent }
            #expect(try await bench.state(of: stuck) == .queued)
            #expect(try await bench.state(of: behind) == .queued)
            #expect(peer.texts == ["stuck", "other"])
            // The outcome's, and recovery's.
            try await bench.until { bench.pauses.waits == [.seconds(60), .seconds(60)] }
            bench.pauses.advance(by: .seconds(60))
            try await bench.until { try await bench.state(of: stuck) == .sent }
        }
        #expect(peer.texts.prefix(2) == ["stuck", "other"])
    }

    @Test func `outcomes that cannot be stored are kept for as long as the process lives, and recovery leaves them alone`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.settle, times: 30, .unusable("a page is damaged"))
        try await bench.running(bench.dispatcher(bench.worker(peer.perform), pause: bench.pauses.pause)) {
            for tries in 1...30 {
                try await bench.until { bench.ledger.counts[.settle] == tries && bench.pauses.waits == [.seconds(60), .seconds(60)] }
                bench.pauses.advance(by: .seconds(60))
            }
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(peer.texts == ["hello"])
    }

    @Test(arguments: [LedgerError.busy("locked"), .full("no room"), .conflict("odd")])
    func `a refused claim is tried again`(error: LedgerError) async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.claim, times: 2, error)
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            for _ in 0..<2 {
                try await bench.until { bench.pauses.waits == [.seconds(1)] }
                bench.pauses.advance(by: .seconds(1))
            }
            try await bench.until { try await bench.state(of: message) == .sent }
        }
    }

    @Test(arguments: [LedgerCall.recover, .claim, .settle])
    func `the dispatcher ends when the ledger is broken`(call: LedgerCall) async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        try await bench.submit("hello")
        bench.ledger.refuse(call, .broken("fsync"))
        await #expect(throws: LedgerError.broken("fsync")) { try await bench.dispatcher(bench.worker(capacity: 2, peer.perform)).run() }
    }

    @Test(arguments: [LedgerError.full("no room"), .busy("somebody else has the lock")])
    func `the dispatcher begins when the ledger takes writes again`(refusal: LedgerError) async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.recover, times: 2, refusal)
        try await bench.running(bench.dispatcher(bench.worker(peer.perform), pause: bench.pauses.pause)) {
            for round in 1...2 {
                try await bench.until { bench.ledger.counts[.recover] == round && bench.pauses.waits == [.seconds(1)] }
                bench.pauses.advance(by: .seconds(1))
            }
            try await bench.until { try await bench.state(of: message) == .sent }
        }
    }

    @Test func `what is damaged does not keep the dispatcher from the rest`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.recover, .unusable("a page is damaged"))
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { try await bench.state(of: message) == .sent }
        }
    }

    @Test func `a diary that the ledger refuses is told to the trunk, which must not hand over`() async throws {
        let bench = Bench()
        bench.ledger.refuse(.willSubmit, .full("no room"))
        let message = try await bench.submit("hello")
        let worker = bench.worker { _, journal in
            do {
                try await journal.willSubmit(segment: 0, of: 1)
                return .accepted(reference: "1")
            } catch {
                return .deferred(Failure(.unreachable, "\(error)"), until: nil)
            }
        }
        try await bench.running(bench.dispatcher(worker)) {
            try await bench.until { bench.pauses.waits == [.seconds(5)] }
            #expect(try await bench.state(of: message) == .queued)
            bench.pauses.advance(by: .seconds(5))
            try await bench.until { try await bench.state(of: message) == .sent }
        }
    }

    /// Hands over two segments, and is in doubt when the first cannot be noted, as the trunks are.
    @Sendable private static func handsOverTwo(_ claim: Claim, _ journal: any SendJournal) async -> Outcome {
        do {
            for segment in 0..<2 {
                try await journal.willSubmit(segment: segment, of: 2)
                try await journal.accepted(segment: segment, reference: "\(10 + segment)")
            }
            return .accepted(reference: "10")
        } catch {
            return .inDoubt(Failure(.lostAnswer, "\(error)"))
        }
    }

    @Test(arguments: [LedgerError.busy("locked"), .full("no room")])
    func `what the carrier took is noted when the ledger takes writes again, and does not come into doubt`(error: LedgerError) async throws {
        let bench = Bench()
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.segmentAccepted, times: 2, error)
        try await bench.running(bench.dispatcher(bench.worker(doubt: .retryOnce, Self.handsOverTwo))) {
            for _ in 0..<2 {
                try await bench.until { bench.pauses.waits == [.seconds(1)] }
                bench.pauses.advance(by: .seconds(1))
            }
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(try await bench.kinds(of: message) == [
            .message, .planned, .attempted, .submitting, .segmentAccepted, .submitting, .segmentAccepted, .accepted,
        ])
    }

    @Test(arguments: [LedgerError.conflict("odd"), .unusable("a page is damaged")])
    func `what the carrier took comes into doubt where the ledger will never note it`(error: LedgerError) async throws {
        let bench = Bench()
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.segmentAccepted, error)
        try await bench.running(bench.dispatcher(bench.worker(Self.handsOverTwo))) {
            try await bench.until { try await bench.state(of: message) == .inDoubt }
        }
        #expect(bench.ledger.counts[.segmentAccepted] == 1)
    }

    // MARK: - Ends and beginnings

    @Test func `when told to stop it begins nothing more, and ends when what is open is settled`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench)
        let open = try await bench.submit("open")
        let waiting = try await bench.submit("waiting", to: [.carol])
        let dispatcher = bench.dispatcher(bench.worker(peer.perform))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await dispatcher.run() }
            try await bench.until { peer.open.count == 1 }
            dispatcher.stop()
            peer.answer("open", .accepted(reference: nil))
            try await group.waitForAll()
        }
        #expect(try await bench.state(of: open) == .sent)
        #expect(try await bench.state(of: waiting) == .queued)
        #expect(peer.texts == ["open"])
    }

    @Test func `one that is cancelled while the ledger refuses ends, and leaves the attempt to be recovered`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil), .accepted(reference: nil)])
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.settle)
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { bench.pauses.waits == [.seconds(1)] }
        }
        #expect(try await bench.state(of: message) == .queued)
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(peer.texts == ["hello", "hello"])
    }

    @Test func `a claim whose answer did not reach the worker comes back when its lease is over`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        let message = try await bench.submit("hello")
        bench.ledger.refuse(.claim)
        try await bench.running(bench.dispatcher(bench.worker(peer.perform), pause: bench.pauses.pause)) {
            try await bench.until { bench.pauses.waits == [.seconds(1), .seconds(60)] }
            // The transaction was committed; only its answer was lost.
            let lease = bench.now + .seconds(300)
            let lost = try await bench.books.claim(.trunk("home"), limit: 1, now: bench.now, lease: lease, mint: bench.mint).claims
            #expect(lost.count == 1)
            for minute in 1...6 {
                try await bench.until { bench.pauses.waits.contains(.seconds(60)) }
                #expect(peer.texts.isEmpty, "minute \(minute)")
                bench.pauses.advance(by: .seconds(60))
            }
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(peer.texts == ["hello"])
    }

    @Test func `an attempt that is being made keeps its claim, however long it takes`() async throws {
        let bench = Bench()
        let peer = ScriptedPeer(bench)
        let message = try await bench.submit("hello")
        try await bench.running(bench.dispatcher(bench.worker(capacity: 2, peer.perform), pause: bench.pauses.pause)) {
            try await bench.until { peer.open.count == 1 }
            for _ in 0..<30 {
                try await bench.until { bench.pauses.waits.contains(.seconds(60)) }
                bench.pauses.advance(by: .seconds(60))
            }
            try await bench.until { bench.pauses.waits.contains(.seconds(60)) }
            peer.answer("hello", .accepted(reference: nil))
            try await bench.until { try await bench.state(of: message) == .sent }
        }
        #expect(peer.texts == ["hello"])
    }

    @Test func `a start makes again what was open, and tells of what is in doubt`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let doubtful = try await bench.submit("doubtful", to: [.bob])
        let harmless = try await bench.submit("harmless", to: [.carol])
        for claim in try await bench.books.claim(.trunk("home"), limit: 2, now: bench.now, lease: bench.now + .seconds(60), mint: bench.mint).claims
        where claim.message.id == doubtful {
            try await bench.books.willSubmit(claim.attempt.id, segment: 0, of: 1, at: bench.now)
        }
        let peer = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        try await bench.running(bench.dispatcher(bench.worker(peer.perform))) {
            try await bench.until { try await bench.state(of: harmless) == .sent }
        }
        #expect(peer.texts == ["harmless"])
        #expect(try await bench.state(of: doubtful) == .inDoubt)
        #expect(try await bench.waiting() == [.status(.inDoubt(.bob, Failure(.interrupted)))])
    }

    @Test func `each scope has its worker: a line that hangs delays no device`() async throws {
        let bench = Bench()
        try await bench.haveAlice()
        let trunk = ScriptedPeer(bench)
        let phone = ScriptedPeer(bench, answers: [.accepted(reference: nil)])
        try await bench.submit("out")
        try await bench.record("text +15550100 in")
        _ = try await bench.intake().pass()
        let dispatcher = bench.dispatcher(bench.worker(trunk.perform), bench.worker(for: .endpoint(.softphone), capacity: 4, phone.perform))
        try await bench.running(dispatcher) {
            try await bench.until { phone.texts == ["in"] && trunk.open.count == 1 }
            trunk.answer("out", .accepted(reference: nil))
            try await bench.until { try await bench.books.backlog().isEmpty }
        }
    }
}
