import Exchange
import Telephony
import Testing

extension LedgerContract {
    static func media(_ digit: Character, _ size: Int = 50_000) throws -> Part {
        let media = try #require(Media(digest: String(repeating: digit, count: 64), size: size))
        return Part(contentType: "image/jpeg", content: .stored(media), name: "\(digit).jpg")
    }

    static let multimedia: [Clause] = [
        Clause("parts beside the ledger, a subject and what a read report is asked under come back as they were") { bench in
            let parts = [try media("a"), .text("look"), try media("b", 0)]
            let message = Message(
                id: bench.mint.identifier(), line: "home", direction: .incoming, sender: .far, participants: [.far, .other], parts: parts,
                recordedAt: bench.now, subject: "Holiday", readReportReference: "m-1@mmsc")
            try await bench.receive(message, to: [.alicesPhone])
            #expect(try await bench.ledger.message(message.id)?.message == message)
            let digests = ["a", "b", "c"].map { String(repeating: $0, count: 64) }
            #expect(try await bench.ledger.namedMedia(among: digests) == Set(digests.dropLast()))
        },
        Clause("a group has one number for ever, and its claims bear it") { bench in
            let group = bench.outgoing(to: [.far, .other])
            try await bench.submit(group)
            let claim = try #require(try await bench.claim().first)
            #expect(claim.conversationNumber > 0)
            let summary = try #require(try await bench.ledger.conversation(number: claim.conversationNumber))
            #expect(summary.participants == [.far, .other] && summary.line == "home" && summary.messages == 1)
            let again = bench.outgoing("again", to: [.far, .other], reference: "call-2")
            try await bench.submit(again)
            try await bench.settle(claim, .accepted(reference: "m"))
            #expect(try await bench.claim().first?.conversationNumber == claim.conversationNumber)
            #expect(try await bench.ledger.conversation(number: 4711) == nil)
        },
        Clause("that a message was read is reported once, and only by who was brought it") { bench async throws in
            let message = bench.incoming()
            let delivery = try #require(try await bench.receive(message, to: [.alicesPhone]).first)
            let report: @Sendable (Message) -> [Delivery] = { message in
                [bench.delivery(of: message, to: .trunk("home", recipients: [.far]), content: .readReport)]
            }
            #expect(try await bench.ledger.wasRead(delivery.id, by: "bob", at: bench.now, report: report).isEmpty)
            #expect(try await bench.ledger.wasRead(bench.mint.identifier(), by: "alice", at: bench.now, report: report).isEmpty)
            #expect(try await bench.ledger.wasRead(delivery.id, by: "alice", at: bench.now) { _ in [] }.isEmpty)
            let told = try await bench.ledger.wasRead(delivery.id, by: "alice", at: bench.now, report: report)
            #expect(told.map(\.content) == [.readReport])
            #expect(try await bench.ledger.deliveries(of: message.id).map(\.delivery) == [delivery] + told)
            #expect(try await bench.ledger.wasRead(delivery.id, by: "alice", at: bench.now, report: report).isEmpty)
            let claim = try #require(try await bench.claim().first)
            #expect(claim.delivery == told.first)
            try await bench.settle(claim, .failed(Failure(.refused)))
            #expect(try await bench.state(of: message) == .received)
        },
        Clause("a read report that waits holds up no text to the same person") { bench async throws in
            let message = bench.incoming()
            let delivery = try #require(try await bench.receive(message, to: [.alicesPhone]).first)
            _ = try await bench.ledger.wasRead(delivery.id, by: "alice", at: bench.now) { _ in
                [bench.delivery(of: message, to: .trunk("home", recipients: [.far]), content: .readReport)]
            }
            let report = try #require(try await bench.claim().first)
            #expect(report.delivery.content == .readReport)
            #expect(report.queue == DeliveryQueue(of: report.delivery, in: message))
            try await bench.settle(report, .deferred(Failure(.timeout), until: bench.now + .seconds(3600)))
            let text = try await bench.submit(bench.outgoing(to: [.far]))
            #expect(try await bench.claim().map(\.delivery) == [text])
            try await bench.ledger.expedite(line: "home", now: bench.now)
            #expect(try await bench.claim().map(\.delivery) == [report.delivery])
        },
        Clause("an announcement is one retrieval however often it comes") { bench in
            let retrieval = try await bench.announce("http://mmsc/1")
            try await bench.announce("http://mmsc/1")
            try await bench.announce("http://mmsc/2")
            let due = try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10)
            #expect(due.records.map(\.retrieval.announcement.location) == ["http://mmsc/1", "http://mmsc/2"])
            #expect(due.records.first?.retrieval == retrieval && due.records.first?.state == .waiting && due.nextDue == nil)
            #expect(try await bench.ledger.retrievals(of: "office", due: bench.now, limit: 10).records.isEmpty)
            #expect(try await bench.ledger.unreadReceipts(line: "home").isEmpty)
        },
        Clause("a message that is announced under another name while it is to be fetched is the same, and the carrier is answered by the latest") { bench in
            let retrieval = try await bench.announce("http://mmsc/1")
            try await bench.announce("http://mmsc/1", as: "u")
            let due = try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records
            #expect(due.map(\.retrieval.id) == [retrieval.id] && due.map(\.retrieval.announcement.transaction) == ["u"])
            try await bench.ledger.note(.held(bench.fetched(retrieval)), of: retrieval.id, at: bench.now)
            for name in ["v", "t", "v"] { try await bench.announce("http://mmsc/1", as: name) }
            let held = try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records
            #expect(held.map(\.state) == [.held] && held.map(\.retrieval.announcement.transaction) == ["v"])
            #expect(held.map(\.retrieval.id) == [retrieval.id])
            // What was answered meanwhile was not the latest.
            try await bench.ledger.note(.acknowledged(transaction: "u"), of: retrieval.id, at: bench.now)
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records == held)
            try await bench.ledger.note(.acknowledged(transaction: "v"), of: retrieval.id, at: bench.now)
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.isEmpty)
        },
        Clause("what was deferred is due then, and sooner when the line is back") { bench in
            let retrieval = try await bench.announce()
            let later = bench.now + .seconds(60)
            try await bench.ledger.note(.deferred(Failure(.timeout), until: later), of: retrieval.id, at: bench.now)
            let due = try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10)
            #expect(due.records.isEmpty && due.nextDue == later)
            let waiting = try #require(try await bench.ledger.retrievals(of: "home", due: later, limit: 10).records.first)
            #expect(waiting.attempts == 1 && waiting.failure == Failure(.timeout) && waiting.due == later)
            try await bench.ledger.expedite(line: "home", now: bench.now)
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.count == 1)
        },
        Clause("a clock that is set right does not end the time for which a carrier keeps a message") { bench in
            let retrieval = try await bench.announce()
            let left = retrieval.announcement.expires - bench.now
            for step in [Duration.seconds(7 * 86_400), .seconds(50 * 365 * 86_400)] {
                try await bench.ledger.clockWasSet(by: step, at: bench.now)
                bench.clock.advance(by: step)
                let found = try #require(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.first)
                #expect(found.retrieval.id == retrieval.id && found.retrieval.announcement.location == retrieval.announcement.location)
                #expect(found.retrieval.announcement.expires == bench.now + left && found.retrieval.announcedAt == bench.now)
            }
            let expires = bench.now + left, away = Duration.seconds(30 * 86_400)
            bench.clock.advance(by: .zero - away)
            try await bench.ledger.clockWasSet(by: away, at: bench.now)
            bench.clock.advance(by: away)
            let known = try #require(try await bench.ledger.retrievals().first)
            #expect(known.retrieval.announcement.expires == expires)
        },
        Clause("what was fetched is a receipt in the same moment, and then only the carrier is to be told") { bench in
            let retrieval = try await bench.announce()
            let receipt = bench.fetched(retrieval)
            try await bench.ledger.note(.deferred(Failure(.timeout), until: bench.now), of: retrieval.id, at: bench.now)
            try await bench.ledger.note(.held(receipt), of: retrieval.id, at: bench.now)
            #expect(try await bench.ledger.unreadReceipts(line: "home") == [receipt])
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.map(\.attempts) == [0])
            await expectConflict { try await bench.ledger.note(.held(bench.fetched(retrieval)), of: retrieval.id, at: bench.now) }
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.map(\.state) == [.held])
            try await bench.ledger.note(.acknowledged(transaction: "t"), of: retrieval.id, at: bench.now)
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.isEmpty)
            await expectConflict { try await bench.ledger.note(.acknowledged(transaction: "t"), of: retrieval.id, at: bench.now) }
        },
        Clause("the life of a picture message begins with its announcement") { bench in
            let retrieval = try await bench.announce()
            try await bench.ledger.note(.deferred(Failure(.http(503)), until: bench.now), of: retrieval.id, at: bench.now)
            let receipt = bench.fetched(retrieval)
            try await bench.ledger.note(.held(receipt), of: retrieval.id, at: bench.now)
            let message = bench.incoming()
            let reading = Reading(receipts: [receipt.id], result: .message(message, deliveries: []), at: bench.now)
            try await bench.ledger.commit([reading])
            try await bench.ledger.note(.acknowledged(transaction: "t"), of: retrieval.id, at: bench.now)
            #expect(try await bench.kinds(of: message) == [.received, .announced, .notRetrieved, .received, .message, .accepted])
        },
        Clause("what was given up is shown, and is not due") { bench in
            let retrieval = try await bench.announce()
            try await bench.ledger.note(.failed(Failure(.expired)), of: retrieval.id, at: bench.now)
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.isEmpty)
            #expect(try await bench.ledger.retrievals().map(\.state) == [.failed])
            try await bench.announce("http://mmsc/1")
            #expect(try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records.isEmpty)
        },
        Clause("that a message was looked at is told to its writer") { bench in
            let message = bench.outgoing()
            let claim = try await bench.send(message, accepted: 1, of: 1)
            try await bench.settle(claim, .accepted(reference: nil))
            let ids = try await bench.ledger.record([bench.receipt(Array("read".utf8), place: "direct")])
            let report = ReadReport(reference: "10", recipient: .far, at: bench.now, act: .read)
            let news = bench.delivery(of: message, to: .alicesPhone, content: .status(.read(.far, at: bench.now)))
            try await bench.ledger.commit([Reading(receipts: ids, result: .read(report, of: message.id, deliveries: [news]), at: bench.now)])
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery) == [news])
            #expect(try await bench.kinds(of: message).contains(.read))
        },
    ]

    static let gathering: [Clause] = [
        Clause("a caption and pictures that follow each other become one message, which leaves when it is quiet") { bench in
            let first = try await bench.piece([.text("look")], "1")
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.piece([media("a")], "2").kind == .joined(first.message))
            #expect(try await bench.claim().isEmpty)
            bench.clock.advance(by: .seconds(2))
            #expect(try await bench.piece([media("b")], "3").kind == .joined(first.message))
            bench.clock.advance(by: .seconds(2))
            #expect(try await bench.claim().isEmpty)
            bench.clock.advance(by: .seconds(1))
            let claim = try #require(try await bench.claim().first)
            #expect(claim.message.parts == [.text("look"), try media("a"), try media("b")])
            #expect(claim.message.origin?.references == ["call-1", "call-2", "call-3"])
            #expect(try await bench.ledger.message(origin: .softphone, reference: "call-3")?.message.id == first.message)
        },
        Clause("a piece that comes again is the one of the first time") { bench in
            let first = try await bench.piece([media("a")], "1")
            #expect(try await bench.piece([media("b")], "2") == SubmissionOutcome(.joined(first.message), number: first.number))
            #expect(try await bench.piece([media("b")], "2") == SubmissionOutcome(.duplicate(first.message), number: first.number))
            // Also when whoever repeats it no longer thinks that anything is being gathered.
            let alone = bench.outgoing(reference: "call-2")
            #expect(try await bench.ledger.submit(alone, key: "2", deliveries: [bench.sending(alone)]).kind == .duplicate(first.message))
            #expect(try await bench.ledger.message(first.message)?.message.parts.count == 2)
        },
        Clause("texts alone, other parties, other writers and what is on its way are not joined") { bench in
            let text = try await bench.piece([.text("one")], "1")
            #expect(try await bench.piece([.text("two")], "2").kind != .joined(text.message))
            let picture = try await bench.piece([media("a")], "3")
            guard case .joined = picture.kind else { return #expect(Bool(false), "a picture joins the text before it") }
            #expect(try await bench.piece([media("b")], "4", to: .other).kind != .joined(picture.message))
            bench.clock.advance(by: .seconds(4))
            _ = try await bench.claim()
            let late = try await bench.piece([media("c")], "5")
            guard case .recorded = late.kind else { return #expect(Bool(false), "nothing joins what is being sent") }
        },
        Clause("a message closes at its time, however fast pieces follow") { bench in
            let first = try await bench.piece([media("a")], "1")
            for number in 2...7 {
                bench.clock.advance(by: .seconds(2))
                #expect(try await bench.piece([media("b")], "\(number)").kind == .joined(first.message))
            }
            bench.clock.advance(by: .seconds(3))
            #expect(try await bench.claim().first?.message.id == first.message)
        },
    ]
}

extension LedgerBench {
    @discardableResult
    func announce(_ location: String = "http://mmsc/1", as transaction: String = "t") async throws -> Retrieval {
        let announcement = Announcement(
            transaction: transaction, location: location, sender: .far, subject: "Hi", size: 30_000, expires: now + .seconds(86400))
        let retrieval = Retrieval(id: mint.identifier(), line: "home", announcement: announcement, announcedAt: now)
        let ids = try await ledger.record([receipt(Array("\(retrieval.id)".utf8), place: "direct")])
        try await ledger.commit([Reading(receipts: ids, result: .announcement(retrieval), at: now)])
        return retrieval
    }

    func handedOver(_ text: String) -> Receipt {
        Receipt(id: mint.identifier(), line: "home", format: .handover, place: "phone/\(text)", octets: Array(text.utf8), receivedAt: now)
    }

    func fetched(_ retrieval: Retrieval) -> Receipt {
        Receipt(
            id: mint.identifier(), line: "home", format: .multimedia, place: "mms/\(retrieval.id)", octets: [0x8C, 0x84], receivedAt: now)
    }

    fileprivate func piece(_ parts: [Part], _ name: String, to party: Address = .far) async throws -> SubmissionOutcome {
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: .person("alice"), participants: [party], parts: parts,
            recordedAt: now, origin: Origin(endpoint: .softphone, person: "alice", reference: "call-\(name)"))
        return try await ledger.submit(
            message, key: name, deliveries: [sending(message, due: now + .seconds(3))], gathering: Gathering(quiet: .seconds(3)))
    }
}
