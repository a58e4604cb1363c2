import Exchange
import Telephony
import Testing

/// What every trunk that sends texts promises, clause by clause. A test target runs all clauses on a fresh bench each:
///
///     @Test(arguments: TrunkContract.clauses)
///     func `it keeps the contract`(clause: TrunkContract.Clause) async throws { try await clause.check(bench()) }
public enum TrunkContract {
    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        /// What its peer is like when it begins.
        let mood: PeerMood
        private let body: @Sendable (TrunkBench) async throws -> Void

        init(_ sentence: String, with mood: PeerMood = .working, _ body: @escaping @Sendable (TrunkBench) async throws -> Void) {
            self.sentence = sentence
            self.mood = mood
            self.body = body
        }

        public func check(_ bench: TrunkBench) async throws {
            if mood != .working { await bench.peer.set(mood) }
            try await body(bench)
        }

        public var testDescription: String { sentence }
    }

    public static let clauses = taking + refusing + doubting

    /// For peers that cannot be like this, and say so where they use it.
    public static func clauses(without moods: Set<PeerMood>) -> [Clause] { clauses.filter { !moods.contains($0.mood) } }
}

extension TrunkContract {
    /// What would break out of a request that is put together carelessly.
    static let awkwardTexts = [
        "Grüße, 你好, 😀", "a+b %41 & c=d; e#f?", "\"quoted\" \\ and {\"json\":1}", "<b>&amp;</b>]]>", "two\nlines", "'; DROP TABLE sms; --", "{to} {text} $HOME `id`",
    ]

    static let taking: [Clause] = [
        Clause("what is about to leave is noted first, and what was taken afterwards") { bench in
            let journal = ScriptedJournal(watching: bench.peer)
            let outcome = await bench.trunk.send(bench.claim("Running late"), journal: journal)
            guard case .accepted = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(await bench.peer.taken() == [TakenText(recipient: TrunkBench.recipient, text: "Running late")])
            #expect(journal.takenBefore == 0)
            guard case .willSubmit(0, let total)? = journal.entries.first else {
                Issue.record("\(journal.entries)")
                return
            }
            let taken = journal.entries.filter { if case .accepted(_, let reference) = $0 { !reference.isEmpty } else { false } }
            #expect(taken.count == total)
        },
        Clause("every character arrives") { bench in
            for text in awkwardTexts {
                let outcome = await bench.trunk.send(bench.claim(text), journal: ScriptedJournal())
                guard case .accepted = outcome else {
                    Issue.record("\(text): \(outcome)")
                    continue
                }
            }
            #expect(await bench.peer.taken().map(\.text) == awkwardTexts)
        },
        Clause("a text meant twice is sent twice") { bench in
            for _ in 0..<2 { _ = await bench.trunk.send(bench.claim("Yes"), journal: ScriptedJournal()) }
            #expect(await bench.peer.taken().map(\.text) == ["Yes", "Yes"])
        },
        Clause("a segment that an earlier attempt brought is not sent again") { bench in
            let outcome = await bench.trunk.send(bench.claim(accepted: [0: "17"]), journal: ScriptedJournal())
            guard case .accepted = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(await bench.peer.taken().isEmpty)
        },
        Clause("that a message was read here is no text to who sent it") { bench in
            let outcome = await bench.trunk.send(bench.readReport(on: "What the sender wrote"), journal: ScriptedJournal())
            #expect(outcome == .accepted(reference: nil))
            #expect(await bench.peer.taken().isEmpty)
        },
    ]

    static let refusing: [Clause] = [
        Clause("a peer that is slow is waited for, and its text is sent once", with: .slow) { bench in
            let outcome = await bench.trunk.send(bench.claim(), journal: ScriptedJournal())
            guard case .accepted = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(await bench.peer.taken().count == 1)
        },
        Clause("what is tried in vain for a day is sent once, in order, when the peer is back", with: .away) { bench in
            var claims = ["one", "two", "two"].map { bench.claim($0) }
            for _ in 0..<8 {
                for place in claims.indices {
                    guard case .deferred(let failure, _) = await bench.trunk.send(claims[place], journal: ScriptedJournal()) else {
                        Issue.record("given up")
                        return
                    }
                    #expect(failure.disposition == .retry)
                    claims[place] = bench.again(claims[place])
                }
            }
            await bench.peer.set(.working)
            for claim in claims {
                guard case .accepted = await bench.trunk.send(claim, journal: ScriptedJournal()) else {
                    Issue.record("not sent when the peer was back")
                    return
                }
            }
            #expect(await bench.peer.taken().map(\.text) == ["one", "two", "two"])
        },
        Clause("while the peer is away nothing is lost, and it is sent once when the peer is back", with: .away) { bench in
            let claim = bench.claim()
            let outcome = await bench.trunk.send(claim, journal: ScriptedJournal())
            guard case .deferred(let failure, _) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(failure.disposition == .retry)
            await bench.peer.set(.working)
            guard case .accepted = await bench.trunk.send(bench.again(claim), journal: ScriptedJournal()) else {
                Issue.record("not sent when the peer was back")
                return
            }
            #expect(await bench.peer.taken().count == 1)
        },
        Clause("a peer that fails is asked again later", with: .failing) { bench in
            guard case .deferred = await bench.trunk.send(bench.claim(), journal: ScriptedJournal()) else {
                Issue.record("given up")
                return
            }
            #expect(await bench.peer.taken().isEmpty)
        },
        Clause("what the peer refuses for good fails, with a reason", with: .refusing) { bench in
            let outcome = await bench.trunk.send(bench.claim(), journal: ScriptedJournal())
            guard case .failed(let failure) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(failure.disposition != .inDoubt)
        },
        Clause("nothing leaves that could not be noted") { bench in
            let outcome = await bench.trunk.send(bench.claim(), journal: ScriptedJournal(.beforeSubmitting))
            guard case .deferred = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(await bench.peer.taken().isEmpty)
        },
    ]

    static let doubting: [Clause] = [
        Clause("a lost answer never makes two of one", with: .losingAnswers) { bench in
            try await checkNotDoubled(bench, journal: ScriptedJournal())
        },
        Clause("an acceptance that could not be noted never makes two of one") { bench in
            try await checkNotDoubled(bench, journal: ScriptedJournal(.afterAcceptance))
        },
        Clause("a send that is cancelled awaits no answer, and is not taken for one that never left", with: .silent) { bench in
            let claim = bench.claim()
            let sending = Task { await bench.trunk.send(claim, journal: ScriptedJournal()) }
            while await bench.peer.taken().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            sending.cancel()
            try await check(await sending.value, of: claim, doesNotDoubleOn: bench)
        },
    ]

    private static func checkNotDoubled(_ bench: TrunkBench, journal: ScriptedJournal) async throws {
        let claim = bench.claim()
        try await check(await bench.trunk.send(claim, journal: journal), of: claim, doesNotDoubleOn: bench)
    }

    /// In doubt, or made again where the peer knows a repetition for one.
    private static func check(_ outcome: Outcome, of claim: Claim, doesNotDoubleOn bench: TrunkBench) async throws {
        await bench.peer.set(.working)
        switch outcome {
        case .inDoubt: break
        case .deferred: _ = await bench.trunk.send(bench.again(claim), journal: ScriptedJournal())
        case .accepted, .failed: Issue.record("\(outcome)")
        }
        #expect(await bench.peer.taken().count == 1)
    }
}
