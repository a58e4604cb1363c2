/// Keeps one request open on each of many kept-alive connections, from one thread; nothing is pipelined.
final class HTTPLoad {
    struct Result {
        let accepted: Int
        let seconds: Double
        /// Milliseconds from sending a request to its whole answer.
        let latencies: [Double]

        var rate: Double { seconds > 0 ? Double(accepted) / seconds : 0 }
    }

    private let sockets: [Socket]
    private var framers: [HTTPFramer]
    private var readiness: Readiness
    private let isTaken: (HTTPMessage) -> Bool

    /// `isTaken` tells an answer that a text was taken from a refusal.
    init(_ address: LoopbackAddress, connections: Int, isTaken: @escaping (HTTPMessage) -> Bool = { $0.status == 202 }) throws {
        self.isTaken = isTaken
        sockets = try (0..<connections).map { _ in
            let socket = try Socket(.stream)
            try socket.connect(address)
            return socket
        }
        framers = Array(repeating: HTTPFramer(), count: connections)
        readiness = Readiness(sockets.map(\.descriptor))
    }

    /// Sends `count` requests; `request` makes the one of a number.
    func run(_ count: Int, request: (Int) -> [UInt8]) throws -> Result {
        var starts = Array(repeating: ContinuousClock.now, count: sockets.count)
        var latencies: [Double] = []
        latencies.reserveCapacity(count)
        var (sent, answered, accepted) = (0, 0, 0)
        var buffer = [UInt8](repeating: 0, count: 16_384)
        let begin = ContinuousClock.now
        for slot in sockets.indices where sent < count {
            starts[slot] = .now
            try sockets[slot].send(request(sent))
            sent += 1
        }
        while answered < count {
            let ready = try readiness.wait(milliseconds: 10_000)
            guard !ready.isEmpty else { throw BenchError("no answer for ten seconds, \(count - answered) are open") }
            for slot in ready {
                let more = try sockets[slot].receive(into: &buffer)
                guard !more.isEmpty else { throw BenchError("the daemon closed a connection under load") }
                framers[slot].append(more)
                guard let answer = framers[slot].next() else { continue }
                let now = ContinuousClock.now
                latencies.append((now - starts[slot]).milliseconds)
                answered += 1
                if isTaken(answer) { accepted += 1 }
                guard sent < count else { continue }
                starts[slot] = now
                try sockets[slot].send(request(sent))
                sent += 1
            }
        }
        return Result(accepted: accepted, seconds: (ContinuousClock.now - begin).seconds, latencies: latencies)
    }
}
