import Exchange
import HomelineTesting
import Synchronization
import Telephony
import Testing

@Suite(.timeLimit(.minutes(10))) struct SteadyClockTests {
    /// The system's two clocks.
    private final class Machine: Sendable {
        let wall = ManualClock()
        let uptime = Mutex(Duration.zero)

        func clock() -> SteadyClock { SteadyClock(wall) { self.uptime.withLock { $0 } } }

        func pass(_ duration: Duration) {
            wall.advance(by: duration)
            uptime.withLock { $0 += duration }
        }
    }

    @Test(arguments: [Duration.seconds(3600), .seconds(-3600), .seconds(86_400 * 3650)])
    func `a clock that is set goes on as it was until that is adopted`(step: Duration) {
        let machine = Machine()
        let clock = machine.clock()
        let start = clock.now()
        machine.pass(.seconds(10))
        #expect(clock.now() == start + .seconds(10))
        machine.wall.advance(by: step)
        machine.pass(.seconds(1))
        #expect(clock.now() == start + .seconds(11))
        #expect(clock.step() == step)
        // Set again while what waits is told.
        machine.wall.advance(by: .seconds(60))
        clock.adopt(step)
        #expect(clock.now() == start + .seconds(11) + step)
        #expect(clock.step() == .seconds(60))
        clock.adopt(.seconds(60))
        #expect(clock.now() == start + .seconds(71) + step)
        #expect(clock.step() == nil)
    }

    @Test func `a clock that is merely kept right is followed, however far that goes`() {
        let machine = Machine()
        let clock = machine.clock()
        let start = clock.now()
        for _ in 0..<100 {
            machine.pass(.seconds(60))
            machine.wall.advance(by: .seconds(1))
            #expect(clock.step() == nil)
            _ = clock.now()
        }
        #expect(clock.now() == start + .seconds(6100))
    }

    @Test func `what waits is told before the time changes, again and again until the ledger takes it`() async throws {
        let machine = Machine()
        let bench = Bench()
        let clock = machine.clock()
        let start = clock.now()
        let told = Mutex<[Duration]>([])
        bench.ledger.refuse(.clockWasSet, .full("no room"))
        let watch = ClockWatch(clock, ledger: bench.ledger, workers: bench.workers, pause: bench.pauses.pause) { step in
            told.withLock { $0.append(step) }
        }
        try await bench.running(watch) {
            for round in 1...2 {
                try await bench.until { bench.pauses.waits == [.seconds(1)] }
                if round == 1 { machine.wall.advance(by: .seconds(3600)) }
                #expect(clock.now() == start)
                bench.pauses.advance(by: .seconds(1))
                try await bench.until { bench.ledger.counts[.clockWasSet] == round && bench.pauses.waits == [.seconds(1)] }
            }
            #expect(clock.now() == start + .seconds(3600))
            #expect(told.withLock { $0 } == [.seconds(3600)])
        }
    }
}
