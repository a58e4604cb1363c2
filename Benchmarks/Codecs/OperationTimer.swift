import Glibc

/// CPU time of one operation on one thread: the median of several batches, after a warm-up.
struct OperationTimer {
    private static let batches = 9
    /// How long a batch is to last.
    private static let batchSeconds = 0.06

    /// Keeps results in use, so that nothing is optimised away.
    private(set) var residue = 0

    /// Microseconds an operation. It returns something made of its result.
    mutating func time(_ operation: () throws -> Int) rethrows -> Double {
        var count = 64
        while true {
            let seconds = try run(count, operation)
            if seconds >= Self.batchSeconds / 4 {
                count = max(1, Int(Double(count) * Self.batchSeconds / seconds))
                break
            }
            count *= 2
        }
        var times: [Double] = []
        for _ in 0..<Self.batches { times.append(try run(count, operation) / Double(count) * 1e6) }
        return Samples(times).median
    }

    private mutating func run(_ count: Int, _ operation: () throws -> Int) rethrows -> Double {
        let start = Self.threadSeconds
        var sum = 0
        for _ in 0..<count { sum &+= try operation() }
        residue ^= sum
        return Self.threadSeconds - start
    }

    /// CPU seconds that this thread has used.
    private static var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
