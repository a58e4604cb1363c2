import HomelineTesting
import Kinds
import Telephony
import Testing

@Suite struct HourlyAllowanceTests {
    private let clock = ManualClock()

    @Test func `an hour's worth passes, and the next waits until the first is an hour old`() {
        let allowance = HourlyAllowance(2)
        #expect(allowance.take("a", now: clock.now()) == nil)
        clock.advance(by: .seconds(600))
        #expect(allowance.take("a", now: clock.now()) == nil)
        #expect(allowance.take("a", now: clock.now()) == 3000)
        clock.advance(by: .seconds(2999))
        #expect(allowance.take("a", now: clock.now()) == 1)
        clock.advance(by: .seconds(1))
        #expect(allowance.take("a", now: clock.now()) == nil)
        #expect(allowance.take("a", now: clock.now()) == 600)
    }

    @Test func `each source has its own`() {
        let allowance = HourlyAllowance(1)
        #expect(allowance.take("a", now: clock.now()) == nil)
        #expect(allowance.take("b", now: clock.now()) == nil)
        #expect(allowance.take("a", now: clock.now()) != nil)
    }

    @Test func `what was given back can be taken again`() {
        let allowance = HourlyAllowance(1)
        #expect(allowance.take("a", now: clock.now()) == nil)
        allowance.giveBack("a")
        allowance.giveBack("nobody")
        #expect(allowance.take("a", now: clock.now()) == nil)
    }

    @Test func `a clock that went back is no way around it, and holds nobody for longer than the hour`() {
        let allowance = HourlyAllowance(1)
        #expect(allowance.take("a", now: clock.now()) == nil)
        clock.advance(by: .seconds(-86400))
        #expect(allowance.take("a", now: clock.now()) == 3600)
    }

    @Test func `a crowd of sources takes no more memory than there is, and those of now are not forgotten`() {
        let allowance = HourlyAllowance(1)
        for source in 0..<10_000 {
            _ = allowance.take("\(source)", now: clock.now())
            clock.advance(by: .milliseconds(1))
        }
        #expect(allowance.take("9999", now: clock.now()) != nil)
    }
}
