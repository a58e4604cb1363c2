/// Durable texts accepted over HTTP, and a start on the ledger they leave.
struct AcceptMeasurements {
    let place: Scene.Place
    /// Messages in the ledger for the start that is measured last; nil takes what the load left.
    let ledgerSize: Int?

    private static let connections = 64

    func all() throws -> [Measurement] {
        let scene = try Scene("accept", in: place, parts: "lines:\n  home:\n    trunk: loopback\n    queue-limit: 10000000")
        try scene.homeline.start(scene.api)
        let load = try HTTPLoad(scene.api.address, connections: Self.connections)
        // Texts to a thousand parties: as many conversations.
        let request = { (number: Int) -> [UInt8] in
            let text = "Text number \(number) of the benchmark, as long as most are."
            return scene.api.submission(line: "home", to: "+1415555\(1000 + number % 1000)", text: text)
        }
        let warmUp = try load.run(1000, request: request)
        let perRun = Pace.count(rate: warmUp.rate, between: 1000, and: 30_000)
        var accepted = warmUp.accepted
        var runs: [HTTPLoad.Result] = []
        let (_, user, system) = try scene.cpu {
            for _ in 0..<3 { runs.append(try load.run(perRun, request: request)) }
        }
        accepted += runs.reduce(0) { $0 + $1.accepted }
        let left = try scene.api.openDeliveries()
        let busy = scene.homeline.usage.resident
        if let ledgerSize {
            while accepted < ledgerSize { accepted += try load.run(min(50_000, ledgerSize - accepted), request: request).accepted }
        }
        let stored = try scene.api.storedMessages()
        guard stored == accepted else { throw BenchError("\(accepted) texts were accepted and \(stored) are stored") }
        let rate = Samples(runs.map(\.rate)).median
        let latencies = Samples(runs.flatMap(\.latencies))
        let count = perRun * runs.count
        var account = Scene.account(user: user, system: system, count: count, rate: rate)
        account += ". Sending over the line, one at a time and with commits of its own, runs beside it: \(left) were still to be sent at the end"
        scene.homeline.stop()
        return [
            Measurement(
                what: "Durable texts accepted over HTTP, \(Self.connections) connections", unit: .perSecond, reached: rate, p99: latencies.p99,
                promise: .atLeast(15_000), reference: "bare 21,000–24,000, Flask 1,084", explanation: account),
            Measurement(what: "Median answer to such a text", unit: .milliseconds, reached: latencies.median),
            Measurement(what: "CPU a text so accepted", unit: .microseconds, reached: (user + system) / Double(count) * 1e6),
            Measurement(what: "Resident memory after that load", unit: .megabytes, reached: busy),
            try start(scene, stored),
        ]
    }

    private func start(_ scene: Scene, _ stored: Int) throws -> Measurement {
        var times: [Double] = []
        for _ in 0..<5 {
            times.append(try scene.homeline.start(scene.api))
            scene.homeline.stop()
        }
        return Measurement(
            what: "Start to /health, \(stored) texts that wait to leave", unit: .milliseconds, reached: Samples(times).median,
            explanation: "opening the ledger, counting what waits and making it due.")
    }
}
