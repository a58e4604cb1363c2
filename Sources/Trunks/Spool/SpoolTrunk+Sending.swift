import Exchange
import Messaging
import Runtime
import SMS
import Spooling
import Telephony

extension SpoolTrunk: MessageTrunk {
    /// Puts a text's letters into the folder, each once however often it is asked to, and waits until the program has dealt with them.
    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination else { return .failed(Failure(.refused, "nobody to send to")) }
        // There is no carrier to be told that a message was read.
        if case .readReport = claim.delivery.content { return .accepted(reference: nil) }
        let letters: [Letter]
        do {
            letters = try self.letters(of: claim, to: recipients)
            let began = mint.now()
            try await put(letters, claim, journal)
            return try await follow(letters, since: began, claim, journal)
        } catch {
            return error.outcome
        }
    }

    /// How an attempt ends early.
    struct End: Error {
        let outcome: Outcome

        init(_ outcome: Outcome) { self.outcome = outcome }
    }

    func letters(of claim: Claim, to recipients: [Telephony.Address]) throws(End) -> [Letter] {
        switch TransportPlan(claim.message, to: recipients, numbers: numbers) {
        case .refused(let failure): throw End(.failed(failure))
        case .multimedia: throw End(.failed(Failure(.refused, "\(dialect.program) sends texts only")))
        case .shortMessage(let text, let recipient):
            let reference = UInt8(truncatingIfNeeded: claim.messageNumber)
            guard let plan = try? Segmentation.plan(text, reference: .short(reference)), let clock else {
                throw End(.failed(Failure(.refused, "the text is longer than \(Segmentation.maximumSegments) segments")))
            }
            let outgoing = OutgoingText(
                recipient: recipient.text, plan: plan, reference: reference, key: "\(claim.delivery.id)-\(claim.attempt.number)", time: clock)
            return dialect.letters(of: outgoing).filter { letter in letter.segments.contains { claim.acceptedSegments[$0] == nil } }
        }
    }

    /// The name of a letter in the notes: the same on every attempt.
    func key(_ letter: Letter, _ claim: Claim) -> String { "\(claim.delivery.id)-\(letter.segments.lowerBound)" }

    func segmentCount(_ letters: [Letter], _ claim: Claim) -> Int {
        (letters.map(\.segments.upperBound) + claim.acceptedSegments.keys.map { $0 + 1 }).max() ?? 1
    }

    private func put(_ letters: [Letter], _ claim: Claim, _ journal: any SendJournal) async throws(End) {
        let total = segmentCount(letters, claim)
        for letter in letters {
            do {
                for segment in letter.segments where claim.acceptedSegments[segment] == nil { try await journal.willSubmit(segment: segment, of: total) }
                try deposit.put([(letter.name, letter.octets)], as: key(letter, claim))
            } catch let error as FolderError {
                throw End(.deferred(Failure(.unreachable, error.sentence), until: nil))
            } catch {
                throw End(.deferred(Failure(.unreachable, "\(error)"), until: nil))
            }
        }
        bell?.ring()
    }

    func follow(_ letters: [Letter], since began: Instant, _ claim: Claim, _ journal: any SendJournal) async throws(End) -> Outcome {
        var first = claim.acceptedSegments.min { $0.key < $1.key }?.value
        for (index, letter) in letters.enumerated() {
            let name = name(of: letter, claim)
            let references: [String]
            do {
                references = try await self.references(of: letter, named: name, since: began, claim)
            } catch {
                if case .failed = error.outcome { withdraw(letters[(index + 1)...], claim) }
                throw error
            }
            for (segment, reference) in zip(letter.segments, references) where claim.acceptedSegments[segment] == nil {
                do {
                    try await journal.accepted(segment: segment, reference: reference)
                } catch {
                    // The file says so to the next attempt, too.
                    throw End(.deferred(Failure(.unreachable, "\(error)"), until: nil))
                }
            }
            first = first ?? references.first
        }
        return .accepted(reference: first)
    }

    /// As it lies or lay there: an earlier attempt may have named it by another time.
    private func name(of letter: Letter, _ claim: Claim) -> String {
        (try? deposit.names(of: key(letter, claim)))??.first ?? letter.name
    }

    /// Waits for the letter's end.
    private func references(of letter: Letter, named name: String, since began: Instant, _ claim: Claim) async throws(End) -> [String] {
        var vain = 0
        while true {
            switch layout.place(of: name) {
            case .sent:
                await note { $0.stalled = nil }
                return dialect.references(of: letter, kept: kept(name, in: layout.sent))
            case .failed:
                await note { $0.stalled = nil }
                throw await end(of: letter, named: name, claim)
            case .nowhere where layout.sent == nil:
                await note { $0.stalled = nil }
                return dialect.references(of: letter, kept: [])
            case .unseen:
                vain = 0
                if mint.now() >= claim.delivery.expires { throw lost(letter, claim) }
            case .nowhere:
                vain += 1
                // Twice, because a file that is being moved may be missed once.
                if vain > 2 { throw lost(letter, claim) }
            case .waiting:
                vain = 0
                try withdrawIfLate(letter, named: name, claim)
                if mint.now() - began > Self.patience { await note { $0.stalled = $0.stalled ?? began } }
                bell?.ringAgain(now: mint.now())
            }
            do { try await pause(interval) } catch { throw End(.deferred(Failure(.unreachable, "Homeline stopped while \(dialect.program) had it"), until: nil)) }
        }
    }

    /// How long a letter may lie before the owner is told.
    private static let patience: Duration = .seconds(600)

    private func kept(_ name: String, in folder: Folder?) -> [UInt8] { (try? folder?.read(name, limit: GammuBackup.sizeLimit)) ?? [] }

    /// The program gave it up. What may yet succeed is put there once more by the next attempt.
    private func end(of letter: Letter, named name: String, _ claim: Claim) async -> End {
        let failure = dialect.failure(kept: kept(name, in: layout.failed))
        try? deposit.forget(key(letter, claim))
        let mayBePutAgain = failure.disposition == .retry && mint.now() < claim.delivery.expires
        return End(mayBePutAgain ? .deferred(failure, until: nil) : .failed(failure))
    }

    /// Somebody removed it: whether the program had sent it before, nobody knows. A person who says that it is to be sent again is obeyed.
    private func lost(_ letter: Letter, _ claim: Claim) -> End {
        try? deposit.forget(key(letter, claim))
        return End(.inDoubt(Failure(.lostAnswer, "\(letter.name) vanished from the folders of \(dialect.program)")))
    }

    /// What is left of a text that failed must not leave alone, some day.
    private func withdraw(_ letters: ArraySlice<Letter>, _ claim: Claim) {
        for letter in letters {
            let name = name(of: letter, claim)
            guard layout.outgoing.has(name), (try? layout.outgoing.remove(name)) != nil else { continue }
            try? deposit.forget(key(letter, claim))
        }
    }

    /// What waited longer than it may is taken back.
    private func withdrawIfLate(_ letter: Letter, named name: String, _ claim: Claim) throws(End) {
        guard mint.now() >= claim.delivery.expires, layout.outgoing.has(name) else { return }
        guard (try? layout.outgoing.remove(name)) != nil else { return }
        try? deposit.forget(key(letter, claim))
        throw End(.failed(Failure(.expired, "\(dialect.program) did not take it in time")))
    }
}
