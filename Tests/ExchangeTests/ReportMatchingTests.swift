import Exchange
import Telephony
import Testing

@Suite struct ReportMatchingTests {
    private func segment(
        _ number: UInt64, to recipient: Address = .bob, acceptedAt: Instant = start, index: Int = 0, total: Int = 1, othersUnreported: Int = 0,
        anotherFailed: Bool = false
    ) -> SentSegment {
        SentSegment(
            delivery: DeliveryID(high: 0, low: number), message: MessageID(high: 0, low: number), index: index, total: total, reference: "10",
            recipients: [recipient], acceptedAt: acceptedAt, othersUnreported: othersUnreported, anotherFailed: anotherFailed)
    }

    private func report(_ fate: DeliveryReport.Fate = .delivered, from recipient: Address = .bob) -> DeliveryReport {
        DeliveryReport(reference: "10", recipient: recipient, fate: fate, at: nil)
    }

    private func match(_ report: DeliveryReport, _ candidates: [SentSegment], receivedAt: Instant = start + .seconds(5)) -> UInt64? {
        ReportMatching.segment(for: report, among: candidates, receivedAt: receivedAt) { one, other in
            one == other || one.text.suffix(7) == other.text.suffix(7)
        }?.delivery.low
    }

    @Test func `when references have come round, a report is of the newest segment that bears its number`() {
        #expect(match(report(), [segment(2, acceptedAt: start), segment(1, acceptedAt: start - .seconds(86400))]) == 2)
    }

    @Test func `a segment to somebody else with the same number is passed over`() {
        #expect(match(report(), [segment(2, to: .carol), segment(1, acceptedAt: start - .seconds(86400))]) == 1)
        #expect(match(report(), [segment(2, to: .carol)]) == nil)
    }

    @Test func `a report that writes the number in another form is still of the same party`() {
        #expect(match(report(from: .shortCode("05550100")), [segment(1)]) == 1)
    }

    @Test func `a segment whose number was damaged on the disk traps nobody`() {
        for index in [2, -1, .max, .min] {
            let damaged = SentSegment(
                delivery: DeliveryID(high: 0, low: 1), message: MessageID(high: 0, low: 1), index: index, total: 2, reference: "10",
                recipients: [.bob, .carol], acceptedAt: start, othersUnreported: 0, anotherFailed: false)
            #expect(match(report(from: .carol), [damaged]) == 1)
        }
    }

    @Test func `a report more than a week late is of no segment`() {
        let week: Duration = .seconds(7 * 86400)
        #expect(match(report(), [segment(1)], receivedAt: start + week) == 1)
        #expect(match(report(), [segment(1)], receivedAt: start + week + .milliseconds(1)) == nil)
    }

    @Test func `a report can overtake the acceptance a little, but is not of what was sent long after it came`() {
        #expect(match(report(), [segment(1, acceptedAt: start + .seconds(20))], receivedAt: start) == 1)
        let later = segment(2, acceptedAt: start + .seconds(86400))
        #expect(match(report(), [later, segment(1)], receivedAt: start) == 1)
        #expect(match(report(), [later], receivedAt: start) == nil)
    }

    @Test func `the writer hears of delivery when the last segment is delivered, at the network's time`() {
        let now = start + .seconds(9)
        #expect(ReportMatching.notice(for: report(), of: segment(1, total: 2, othersUnreported: 1), now: now) == nil)
        #expect(ReportMatching.notice(for: report(), of: segment(1, total: 2), now: now) == .delivered(.bob, at: now))
        let timed = DeliveryReport(reference: "10", recipient: .shortCode("05550100"), fate: .delivered, at: start + .seconds(4))
        #expect(ReportMatching.notice(for: timed, of: segment(1), now: now) == .delivered(.bob, at: start + .seconds(4)))
    }

    @Test func `the writer hears of failure at once, in the network's code, and of waiting never`() {
        let notice = ReportMatching.notice(for: report(.failed(code: 0x46)), of: segment(1, total: 3, othersUnreported: 2), now: start)
        #expect(notice == .failed(.bob, Failure(.tpStatus(0x46))))
        let second = segment(1, total: 3, othersUnreported: 2, anotherFailed: true)
        #expect(ReportMatching.notice(for: report(.failed(code: 0x46)), of: second, now: start) == nil, "one failure is told once")
        #expect(ReportMatching.notice(for: report(.pending(code: 0x30)), of: segment(1), now: start) == nil)
    }
}
