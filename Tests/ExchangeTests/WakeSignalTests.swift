import Exchange
import HomelineTesting
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(10))) struct WakeSignalTests {
    @Test func `a ring that comes while nobody waits is kept, and many are one`() async {
        let signal = WakeSignal()
        signal.ring()
        signal.ring()
        await signal.wait()
        let second = Task { await signal.wait() }
        second.cancel()
        await second.value
    }

    @Test func `no ring is lost between a look and a wait`() async {
        let signal = WakeSignal()
        let tally = Tally()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A loop that would hang at the first ring it missed.
                var seen = 0
                while seen < 10_000 {
                    await signal.wait()
                    seen = tally.count.load(ordering: .sequentiallyConsistent)
                }
            }
            group.addTask {
                for _ in 0..<10_000 {
                    tally.count.add(1, ordering: .sequentiallyConsistent)
                    signal.ring()
                }
            }
        }
    }

    @Test func `a cancelled wait returns, whether it has begun or not`() async {
        for _ in 0..<100 {
            let signal = WakeSignal()
            let waiter = Task { await signal.wait() }
            let late = Task { await signal.untilCancelled() }
            waiter.cancel()
            late.cancel()
            await waiter.value
            await late.value
        }
    }

    @Test func `a second waiter releases the first`() async {
        let signal = WakeSignal()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await signal.wait() }
            group.addTask { await signal.wait() }
            await group.next()
            signal.ring()
            await group.next()
        }
    }

    @Test func `a wait with a limit ends at a ring, with the pause left behind`() async {
        let clock = ManualClock(), lying = WakeSignal()
        let pauses = ManualPauses(clock, ringing: lying)
        let signal = WakeSignal()
        let waiter = Task { await signal.wait(atMost: .seconds(5), pause: pauses.pause) }
        while pauses.waits.isEmpty { await lying.wait() }
        signal.ring()
        await waiter.value
        #expect(pauses.waits.isEmpty)
    }

    @Test func `a wait with a limit ends when the time is over, and a later ring is kept`() async {
        let clock = ManualClock(), lying = WakeSignal()
        let pauses = ManualPauses(clock, ringing: lying)
        let signal = WakeSignal()
        let waiter = Task { await signal.wait(atMost: .seconds(5), pause: pauses.pause) }
        while pauses.waits.isEmpty { await lying.wait() }
        pauses.advance(by: .seconds(5))
        await waiter.value
        signal.ring()
        await signal.wait()
    }

    @Test func `a wait with a limit ends when its task is cancelled`() async {
        let pauses = ManualPauses(ManualClock())
        let signal = WakeSignal()
        for limit in [nil, Duration.seconds(5)] {
            let waiter = Task { await signal.wait(atMost: limit, pause: pauses.pause) }
            waiter.cancel()
            await waiter.value
        }
        #expect(pauses.waits.isEmpty)
    }

    @Test func `a group's members are rung together, each keeping its own ring`() async {
        let group = WakeGroup()
        let members = (0..<3).map { _ in group.watcher() }
        group.ring()
        for member in members { await member.wait() }
        members[0].ring()
        await members[0].wait()
    }
}

private final class Tally: Sendable {
    let count = Atomic(0)
}
