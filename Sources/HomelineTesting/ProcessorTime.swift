import Glibc

/// How long a thread works on something, without the time for which other programs have its processor.
public enum ProcessorTime {
    /// Processor time of the calling thread (CLOCK_THREAD_CPUTIME_ID).
    public static func measure(_ work: () throws -> Void) rethrows -> Duration {
        let began = now
        try work()
        return now - began
    }

    private static var now: Duration {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
