import Foundation

/// HTTP in, ledger, line, ledger, webhook out.
struct RoundTripMeasurements {
    let place: Scene.Place

    /// A line sends one text at a time, so one line alone would measure its latency.
    private static let lines = 8
    private static let connections = 64

    func all() throws -> [Measurement] {
        let hook = try HTTPFarSide()
        let directory = place.directory + "/roundtrip"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try "a secret of the benchmark\n".write(toFile: directory + "/secret", atomically: true, encoding: .utf8)
        let lines = (0..<Self.lines).map { "  line\($0):\n    trunk: loopback\n    echo: \"yes\"" }.joined(separator: "\n")
        let scene = try Scene(
            "roundtrip", in: place,
            parts: """
                lines:
                \(lines)
                endpoints:
                  webhook:
                    url: http://127.0.0.1:\(try hook.listener.port())/in
                    secret-file: \(directory)/secret
                    private: "yes"
                """)
        try scene.homeline.start(scene.api)
        defer { scene.homeline.stop() }
        let entrance = RoundTrip.Entrance(
            address: scene.api.address,
            request: { name in
                scene.api.submission(line: "line\(name.slot % Self.lines)", to: "+1415555\(2000 + name.slot)", text: name.text)
            }, isTaken: { $0.status == 202 })
        let trip = try RoundTrip(entrance, hook, connections: Self.connections)
        let perRun = Pace.count(rate: try trip.run(300).rate, between: 300, and: 20_000)
        var runs: [RoundTrip.Result] = []
        let (_, user, system) = try scene.cpu {
            for _ in 0..<3 { runs.append(try trip.run(perRun)) }
        }
        let rate = Samples(runs.map(\.rate)).median
        let latencies = Samples(runs.flatMap(\.latencies))
        let count = perRun * runs.count
        let account =
            Scene.account(user: user, system: system, count: count, rate: rate)
            + ". Each is two messages: sent over an echoing line (submit, claim, two journal entries, receipt, settle) "
            + "and received (intake, claim, settle)"
        return [
            Measurement(
                what: "HTTP in → one of \(Self.lines) echoing lines → webhook out, \(Self.connections) open", unit: .perSecond, reached: rate,
                p99: latencies.p99, promise: .atLeast(10_000, p99Milliseconds: 15),
                reference: "Flask bridge 589, p99 178 ms; Kannel 6,200, p99 15 ms", explanation: account),
            Measurement(
                what: "CPU a text, HTTP in to webhook out", unit: .microseconds, reached: (user + system) / Double(count) * 1e6,
                promise: .atMost(150), explanation: "the ledger steps above, an HTTP request in and one out."),
        ]
    }
}
