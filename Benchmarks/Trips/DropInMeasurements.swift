/// What people run today is a bridge in Flask between an app's API and a phone's, 580 requests a second, nothing stored: the same two ways here.
struct DropInMeasurements {
    let place: Scene.Place

    private static let connections = 64
    private static let bridge = "Flask bridge 580, p99 170 ms, nothing stored"
    private static let promise = Measurement.Promise.atLeast(5800, p99Milliseconds: 34)

    func all() throws -> [Measurement] { try orders() + events() + [beside()] }

    private func orders() throws -> [Measurement] {
        let stage = try DropInScene("orders", in: place)
        try stage.scene.homeline.start(stage.scene.api)
        defer { stage.scene.homeline.stop() }
        let entrance = RoundTrip.Entrance(
            address: stage.scene.api.address,
            request: { stage.order($0.text, line: $0.slot % DropInScene.lines, to: $0.slot) }, isTaken: DropInScene.isOrderTaken)
        return try trips("sendSMS of VoIP.ms's API", to: "a phone's API", stage.scene, entrance, stage.phones) { number in
            stage.order("text+\(number)", line: number % DropInScene.lines, to: number % 1000)
        }
    }

    private func events() throws -> [Measurement] {
        let stage = try DropInScene("events", in: place)
        try stage.scene.homeline.start(stage.scene.api)
        defer { stage.scene.homeline.stop() }
        let apps = try stage.apps()
        let entrance = RoundTrip.Entrance(
            address: stage.scene.api.address,
            request: { stage.event($0.text, line: $0.slot % DropInScene.lines, from: $0.slot, at: 1_790_000_000_000 + $0.number) },
            isTaken: DropInScene.isEventTaken)
        return try trips("/webhook/fossify", to: "a SIP app", stage.scene, entrance, apps) { number in
            stage.event("text \(number)", line: number % DropInScene.lines, from: number % 1000, at: 1_780_000_000_000 + number)
        }
    }

    /// All the way in lockstep, then answers alone.
    private func trips(
        _ entry: String, to exit: String, _ scene: Scene, _ entrance: RoundTrip.Entrance, _ far: any FarSide, request: @escaping (Int) -> [UInt8]
    ) throws -> [Measurement] {
        let trip = try RoundTrip(entrance, far, connections: Self.connections)
        let perRun = Pace.count(rate: try trip.run(300).rate, between: 300, and: 20_000)
        var runs: [RoundTrip.Result] = []
        let (_, user, system) = try scene.cpu {
            for _ in 0..<3 { runs.append(try trip.run(perRun)) }
        }
        let rate = Samples(runs.map(\.rate)).median
        let load = try HTTPLoad(scene.api.address, connections: Self.connections, isTaken: entrance.isTaken)
        var number = 0
        let numbered = { (_: Int) -> [UInt8] in
            number += 1
            return request(number)
        }
        let answered = Pace.count(rate: try load.run(300, request: numbered).rate, between: 300, and: 30_000)
        let answers = try (0..<3).map { _ in try load.run(answered, request: numbered) }
        guard answers.reduce(0, { $0 + $1.accepted }) == answered * answers.count else { throw BenchError("\(entry): some were refused") }
        return [
            Measurement(
                what: "\(entry) → ledger → \(exit), \(Self.connections) open", unit: .perSecond, reached: rate, p99: Samples(runs.flatMap(\.latencies)).p99,
                promise: Self.promise, reference: Self.bridge,
                explanation: Scene.account(user: user, system: system, count: perRun * runs.count, rate: rate)
                    + ". Each connection waits until its text has come out, over one of \(DropInScene.lines) lines that send one at a time; p99 is to there"),
            Measurement(
                what: "\(entry), answered when durable, \(Self.connections) open", unit: .perSecond, reached: Samples(answers.map(\.rate)).median,
                p99: Samples(answers.flatMap(\.latencies)).p99, promise: Self.promise, reference: Self.bridge,
                explanation: "carrying texts on to \(exit) runs beside it and takes its share."),
        ]
    }

    /// A phone that takes half a second for each text, at full work beside the other lines.
    private func beside() throws -> Measurement {
        let slow = try SlowPhone(milliseconds: 500)
        let stage = try DropInScene("slow", in: place, slow: slow.port)
        try stage.scene.homeline.start(stage.scene.api)
        defer { stage.scene.homeline.stop() }
        let entrance = RoundTrip.Entrance(
            address: stage.scene.api.address,
            request: { stage.order($0.text, line: $0.slot % DropInScene.lines, to: $0.slot) }, isTaken: DropInScene.isOrderTaken)
        let trip = try RoundTrip(entrance, stage.phones, connections: DropInScene.lines)
        _ = try trip.run(300)
        let alone = Samples(try trip.run(2000).latencies)
        let backlog = try HTTPLoad(stage.scene.api.address, connections: DropInScene.lines, isTaken: DropInScene.isOrderTaken)
        _ = try backlog.run(500) { stage.order("slow+\($0)", line: DropInScene.lines, to: $0) }
        let busy = Samples(try trip.run(2000).latencies)
        guard slow.taken > 0 else { throw BenchError("the slow phone got nothing") }
        return Measurement(
            what: "A text to a quick phone, while 500 wait for one that takes 500 ms", unit: .milliseconds, reached: busy.median, p99: busy.p99,
            promise: .atMost(alone.median * 1.5, p99: alone.p99 * 2),
            reference: "alone \(Table.number(alone.median, .milliseconds)), p99 \(Table.number(alone.p99, .milliseconds))",
            explanation: "promised is half as much again as without the slow one.")
    }
}
