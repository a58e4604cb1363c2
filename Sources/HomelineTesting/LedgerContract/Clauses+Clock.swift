import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let clock: [Clause] = [
        Clause("what is unread came as long ago as before when the clock was set") { bench in
            let ids = try await bench.ledger.record([bench.receipt()])
            bench.clock.advance(by: .seconds(10))
            for step in [Duration.seconds(3600), .seconds(-7200), .seconds(86_400 * 3650)] {
                try await bench.ledger.clockWasSet(by: step, at: bench.now)
                bench.clock.advance(by: step)
                let unread = try await bench.ledger.unreadReceipts(line: "home")
                #expect(unread.map(\.id) == ids && unread.map(\.receivedAt) == [bench.now - .seconds(10)])
            }
        },
        Clause("what awaits its report or its answer left as long ago as before when the clock was set") { bench in
            try await bench.settle(try await bench.send(bench.outgoing("sent"), accepted: 1, of: 1), .accepted(reference: nil))
            _ = try await bench.doubtful(bench.outgoing("doubtful"), accepted: 0, of: 1)
            bench.clock.advance(by: .seconds(10))
            for step in [Duration.seconds(-3600), .seconds(7200), .seconds(-86_400 * 3650)] {
                try await bench.ledger.clockWasSet(by: step, at: bench.now)
                bench.clock.advance(by: step)
                let sent = try await bench.ledger.sentSegments(line: "home", reference: "10")
                #expect(sent.map(\.acceptedAt) == [bench.now - .seconds(10)])
                let unanswered = try await bench.ledger.unansweredSegments(line: "home")
                #expect(unanswered.map(\.handedOverAt) == [bench.now - .seconds(10)])
            }
        },
        Clause("times of before a start without the time of day stay when the clock is set right") { bench in
            let received = bench.now
            _ = try await bench.ledger.record([bench.receipt()])
            try await bench.settle(try await bench.send(bench.outgoing(), accepted: 1, of: 1), .accepted(reference: nil))
            let away = Duration.seconds(86_400 * 365)
            bench.clock.advance(by: .zero - away)
            try await bench.ledger.clockWasSet(by: away, at: bench.now)
            bench.clock.advance(by: away)
            #expect(try await bench.ledger.unreadReceipts(line: "home").map(\.receivedAt) == [received])
            #expect(try await bench.ledger.sentSegments(line: "home", reference: "10").map(\.acceptedAt) == [received])
        },
    ]

    /// What a ledger promises for as long as it is open: nothing is under way in a process that ended.
    public static let withinAProcess: [Clause] = [
        Clause("what was under way when the clock was set arrives with the old time, and neither waits nor ends for that") { bench in
            for step in [Duration.seconds(-3600), .seconds(86_400 * 3650), .seconds(-86_400 * 3650)] {
                let old = bench.now
                try await bench.ledger.clockWasSet(by: step, at: old)
                bench.clock.advance(by: step)
                try await bench.submit(bench.outgoing("old"), due: old, expires: old + .seconds(3600))
                let late = try #require(try await bench.claim().first)
                #expect(late.delivery.due == bench.now && late.delivery.expires == bench.now + .seconds(3600))
                try await bench.settle(late, .accepted(reference: nil))
                try await bench.submit(bench.outgoing("new"))
                let new = try #require(try await bench.claim().first)
                #expect(new.delivery.due <= bench.now && new.message.text == "new")
                try await bench.settle(new, .accepted(reference: nil))
            }
        },
        Clause("a message that was announced when the clock was set is kept by the carrier as long as it said, and neither fetched later for that") { bench in
            for step in [Duration.seconds(-3600), .seconds(86_400 * 3650), .seconds(-86_400 * 3650)] {
                let old = bench.now, day = Duration.seconds(86_400), wait = Duration.seconds(30)
                try await bench.ledger.clockWasSet(by: step, at: old)
                bench.clock.advance(by: step)
                let id: RetrievalID = bench.mint.identifier()
                let announcement = Announcement(
                    transaction: "t", location: "http://mmsc/\(id)", sender: .far, subject: nil, size: 30_000, expires: old + day)
                let ids = try await bench.ledger.record([bench.receipt(Array("\(id)".utf8), place: "direct")])
                let retrieval = Retrieval(id: id, line: "home", announcement: announcement, announcedAt: old)
                try await bench.ledger.commit([Reading(receipts: ids, result: .announcement(retrieval), at: old)])
                let due = try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10).records
                #expect(due.map(\.retrieval.announcement.expires) == [bench.now + day])
                try await bench.ledger.note(.deferred(Failure(.timeout), until: old + wait), of: id, at: old)
                let again = try await bench.ledger.retrievals(of: "home", due: bench.now, limit: 10)
                #expect(again.records.isEmpty && again.nextDue == bench.now + wait)
                try await bench.ledger.note(.failed(Failure(.refused)), of: id, at: bench.now)
            }
        },
    ]
}
