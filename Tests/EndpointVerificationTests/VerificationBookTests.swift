import HomelineTesting
import Telephony
import Testing

@testable import EndpointVerification

@Suite struct VerificationBookTests {
    private let clock = ManualClock()
    private let number = "+15550100123"

    private func id(_ count: UInt64) -> Verification.ID { Verification.ID(at: clock.now(), random: (0, count)) }

    /// Starts, and does what the ruling asks.
    private func start(
        _ book: inout VerificationBook, _ number: String, country: String = "US", client: String = "", _ count: UInt64 = 1
    ) -> VerificationBook.StartRuling {
        let ruling = book.start(number, country: country, client: client, id: id(count), now: clock.now())
        if case .send(let verification) = ruling { book.put(verification) }
        return ruling
    }

    @Test func `the first wish is for a code, the next has to wait, and then the same is sent again`() throws {
        var book = VerificationBook(limits: VerificationLimits())
        guard case .send(let first) = start(&book, number, 1) else { return #expect(Bool(false)) }
        #expect(first.sends == [clock.now()])
        #expect(start(&book, number, 2) == .wait(30, .resend))
        clock.advance(by: .seconds(30))
        guard case .send(let second) = start(&book, number, 3) else { return #expect(Bool(false)) }
        #expect(second.id == first.id && second.sends.count == 2)
        #expect(start(&book, number, 4) == .wait(90, .resend))
        clock.advance(by: .seconds(90))
        guard case .send = start(&book, number, 5) else { return #expect(Bool(false)) }
        #expect(start(&book, number, 6) == .wait(300, .resend))
    }

    @Test func `when a code is good no more, the next wish is for another one`() {
        var book = VerificationBook(limits: VerificationLimits())
        guard case .send(let first) = start(&book, number, 1) else { return #expect(Bool(false)) }
        clock.advance(by: .seconds(600))
        guard case .send(let second) = start(&book, number, 2) else { return #expect(Bool(false)) }
        #expect(second.id != first.id && second.sends.count == 1)
    }

    @Test func `a number gets so many codes in a day, and again when the first is a day old`() {
        var limits = VerificationLimits()
        limits.perNumber = 3
        var book = VerificationBook(limits: limits)
        for count in 1...3 {
            guard case .send = start(&book, number, UInt64(count)) else { return #expect(Bool(false)) }
            clock.advance(by: .seconds(3600))
        }
        #expect(start(&book, number, 4) == .wait(86400 - 3 * 3600, .number))
        clock.advance(by: .seconds(86400 - 3 * 3600))
        guard case .send = start(&book, number, 5) else { return #expect(Bool(false)) }
    }

    @Test func `a walk through a block of numbers ends at the block's limit`() {
        var limits = VerificationLimits()
        limits.perPrefix = 10
        var book = VerificationBook(limits: limits)
        var sent = 0
        for last in 0..<1000 {
            if case .send = start(&book, "+1555010\(1000 + last)", UInt64(last)) { sent += 1 }
        }
        #expect(sent == 10)
        guard case .send = start(&book, "+15560101000", 5000) else { return #expect(Bool(false)) }
    }

    @Test(arguments: [
        (VerificationBook.Reason.country, 7), (.client, 4), (.all, 9),
    ])
    func `whatever numbers are asked for, an hour has its limits`(reason: VerificationBook.Reason, most: Int) {
        var limits = VerificationLimits()
        limits.perPrefix = 1000
        switch reason {
        case .country: limits.perCountry = most
        case .client: limits.perClient = most
        case .all: limits.inAll = most
        case .resend, .number, .prefix: break
        }
        var book = VerificationBook(limits: limits)
        var rulings: [VerificationBook.StartRuling] = []
        for count in 0..<20 { rulings.append(start(&book, "+1555\(2_000_000 + count * 1000)", client: "203.0.113.9", UInt64(count))) }
        #expect(rulings.count { if case .send = $0 { true } else { false } } == most)
        #expect(rulings.last == .wait(3600, reason))
        clock.advance(by: .seconds(3600))
        guard case .send = start(&book, "+15559990000", client: "203.0.113.9", 99) else { return #expect(Bool(false)) }
    }

    @Test func `the right code is right once`() {
        var book = VerificationBook(limits: VerificationLimits())
        guard case .send(let verification) = start(&book, number) else { return #expect(Bool(false)) }
        guard case .verified(let record) = book.check(verification.id, now: clock.now(), isRight: { _ in true }) else { return #expect(Bool(false)) }
        book.put(record)
        #expect(book.check(verification.id, now: clock.now()) { _ in true } == .used)
    }

    @Test func `after so many wrong codes the right one is of no use`() {
        var book = VerificationBook(limits: VerificationLimits())
        guard case .send(let verification) = start(&book, number) else { return #expect(Bool(false)) }
        for wrong in 1...5 {
            guard case .wrong(let record) = book.check(verification.id, now: clock.now(), isRight: { _ in false }) else { return #expect(Bool(false)) }
            #expect(record.wrongCodes == wrong)
            book.put(record)
        }
        #expect(book.check(verification.id, now: clock.now()) { _ in true } == .exhausted)
    }

    @Test func `a code that is too old or of no verification is not even looked at`() {
        var book = VerificationBook(limits: VerificationLimits())
        guard case .send(let verification) = start(&book, number) else { return #expect(Bool(false)) }
        clock.advance(by: .seconds(600))
        var looks = 0
        #expect(book.check(verification.id, now: clock.now()) { _ in looks += 1; return true } == .expired)
        #expect(book.check(id(77), now: clock.now()) { _ in looks += 1; return true } == .unknown)
        #expect(looks == 0)
    }

    @Test func `guessing at new code after new code is bounded by the number's limit`() {
        var book = VerificationBook(limits: VerificationLimits())
        var guesses = 0
        for count in 0..<2000 {
            guard case .send(let verification) = start(&book, number, UInt64(count)) else {
                clock.advance(by: .seconds(40))
                continue
            }
            while case .wrong(let record) = book.check(verification.id, now: clock.now(), isRight: { _ in false }) {
                book.put(record)
                guesses += 1
            }
        }
        // 2000 wishes over most of a day: five codes of five guesses each.
        #expect(guesses == 25)
    }

    @Test func `what is a day old is forgotten, and what a wrong clock put far into the future too`() {
        var book = VerificationBook(limits: VerificationLimits())
        _ = start(&book, number, 1)
        clock.advance(by: .seconds(86399))
        book.forget(now: clock.now())
        #expect(book.count == 1)
        clock.advance(by: .seconds(1))
        book.forget(now: clock.now())
        #expect(book.count == 0)
        clock.advance(by: .seconds(86400 * 3650))
        _ = start(&book, number, 2)
        clock.advance(by: .seconds(-86400 * 3650))
        book.forget(now: clock.now())
        #expect(book.count == 0)
    }

    @Test func `a code that could not be sent counts for nothing`() {
        var book = VerificationBook(limits: VerificationLimits())
        guard case .send(let verification) = start(&book, number, 1) else { return #expect(Bool(false)) }
        #expect(book.withdrawLastSend(of: verification.id)?.sends == [])
        guard case .send(let again) = start(&book, number, 2) else { return #expect(Bool(false)) }
        #expect(again.id == verification.id && again.sends.count == 1)
    }
}
