/// Keeps one request open at each of many phones, from one thread.
struct SIPLoad {
    struct Result {
        /// Final answers by status.
        let answers: [Int: Int]
        let seconds: Double
        /// Milliseconds from a request to its final answer.
        let latencies: [Double]
        /// Datagrams sent again because nothing came for a second.
        let repeats: Int

        func rate(of status: Int) -> Double { seconds > 0 ? Double(answers[status] ?? 0) / seconds : 0 }
    }

    let phones: [PlayedPhone]

    /// Each phone's requests are made beforehand: only sending is measured.
    func run(_ requests: [[[UInt8]]]) throws -> Result {
        var readiness = Readiness(phones.map(\.socket.descriptor))
        var places = Array(repeating: 0, count: phones.count)
        var starts = Array(repeating: ContinuousClock.now, count: phones.count)
        var buffer = [UInt8](repeating: 0, count: 8192)
        var answers: [Int: Int] = [:]
        var latencies: [Double] = []
        var (open, repeats) = (0, 0)
        let begin = ContinuousClock.now
        for (index, phone) in phones.enumerated() where !requests[index].isEmpty {
            starts[index] = .now
            try phone.socket.send(requests[index][0])
            open += 1
        }
        while open > 0 {
            let ready = try readiness.wait(milliseconds: 1000)
            if ready.isEmpty {
                repeats += open
                guard repeats <= phones.count * 5 else { throw BenchError("the SIP server stopped answering") }
                for (index, phone) in phones.enumerated() where places[index] < requests[index].count {
                    try phone.socket.send(requests[index][places[index]])
                }
            }
            for index in ready {
                let status = Self.status(try phones[index].socket.receive(into: &buffer))
                guard status >= 200, places[index] < requests[index].count else { continue }
                let now = ContinuousClock.now
                latencies.append((now - starts[index]).milliseconds)
                answers[status, default: 0] += 1
                places[index] += 1
                guard places[index] < requests[index].count else {
                    open -= 1
                    continue
                }
                starts[index] = now
                try phones[index].socket.send(requests[index][places[index]])
            }
        }
        return Result(answers: answers, seconds: (ContinuousClock.now - begin).seconds, latencies: latencies, repeats: repeats)
    }

    /// Of a response's first line; 0 for a request.
    private static func status(_ octets: ArraySlice<UInt8>) -> Int {
        guard octets.starts(with: "SIP/2.0 ".utf8) else { return 0 }
        return octets.dropFirst(8).prefix(3).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }
}
