import Runtime
import Testing

@Suite(.timeLimit(.minutes(1))) struct WakeSignalTests {
    @Test func `many wakes before a look count as one and none is lost`() async {
        let signal = WakeSignal()
        signal.wake()
        signal.wake()
        await signal.wait()
        let second = Task { await signal.wait() }
        second.cancel()
        await second.value
    }

    @Test func `a waiter goes when woken`() async {
        let signal = WakeSignal()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<3 { group.addTask { await signal.wait() } }
            var left = 3
            while left > 0 {
                signal.wake()
                await group.next()
                left -= 1
            }
        }
    }

    @Test func `a wait with a deadline that has passed returns`() async {
        await WakeSignal().wait(until: .now, clock: .continuous)
    }
}
