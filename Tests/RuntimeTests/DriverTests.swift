import Runtime
import Testing
import Wire

/// Rings after a second, then every two, three times in all; a snooze starts over.
private struct Bell: StateMachine {
    enum Event: Sendable { case start, snooze, stop }
    enum Effect: Equatable, Sendable { case ring(Int) }
    enum TimerName: Hashable, Sendable { case ringer }

    var rung = 0

    mutating func handle(_ input: Input<Event, TimerName>) -> [Output<Effect, TimerName>] {
        switch input {
        case .event(.start), .event(.snooze):
            return [.arm(.ringer, after: .seconds(1))]
        case .event(.stop):
            return [.disarm(.ringer), .finished]
        case .fired(.ringer):
            rung += 1
            return rung == 3 ? [.effect(.ring(rung)), .finished] : [.effect(.ring(rung)), .arm(.ringer, after: .seconds(2))]
        }
    }
}

@Suite struct DriverTests {
    private let start = ContinuousClock.now

    @Test func `timers fire in order of time and a finished machine is gone`() {
        var driver = Driver<Bell>()
        let first = driver.start(Bell())
        let second = driver.start(Bell())
        #expect(driver.handle(.start, for: first, at: start).isEmpty)
        _ = driver.handle(.start, for: second, at: start + .milliseconds(500))
        #expect(driver.nextDeadline == start + .seconds(1))
        #expect(driver.advance(to: start + .milliseconds(999)).isEmpty)
        #expect(driver.advance(to: start + .seconds(3)) == [
            .effect(.ring(1), of: first), .effect(.ring(1), of: second), .effect(.ring(2), of: first),
        ])
        #expect(driver.advance(to: start + .seconds(9)) == [
            .effect(.ring(2), of: second), .effect(.ring(3), of: first), .finished(first), .effect(.ring(3), of: second), .finished(second),
        ])
        #expect(driver.count == 0)
        #expect(driver.nextDeadline == nil)
        #expect(driver.handle(.start, for: first, at: start).isEmpty)
    }

    @Test func `arming again replaces the earlier deadline`() {
        var driver = Driver<Bell>()
        let bell = driver.start(Bell())
        _ = driver.handle(.start, for: bell, at: start)
        _ = driver.handle(.snooze, for: bell, at: start + .milliseconds(900))
        #expect(driver.advance(to: start + .milliseconds(1_500)).isEmpty)
        #expect(driver.advance(to: start + .milliseconds(1_900)) == [.effect(.ring(1), of: bell)])
    }

    @Test func `a stopped machine's timer stays silent`() {
        var driver = Driver<Bell>()
        let bell = driver.start(Bell())
        _ = driver.handle(.start, for: bell, at: start)
        #expect(driver.handle(.stop, for: bell, at: start) == [.finished(bell)])
        #expect(driver.advance(to: start + .seconds(10)).isEmpty)
    }

    @Test func `ten thousand snoozes leave no heap of dead timers`() {
        var driver = Driver<Bell>()
        let bells = (0..<100).map { _ in driver.start(Bell()) }
        for round in 0..<100 {
            for bell in bells { _ = driver.handle(.snooze, for: bell, at: start + .milliseconds(round)) }
        }
        #expect(driver.count == 100)
        #expect(driver.machines.values.allSatisfy { $0.rung == 0 })
        #expect(driver.advance(to: start + .milliseconds(1_099)).count == 100)
    }
}
