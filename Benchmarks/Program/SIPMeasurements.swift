/// Registrations and stored texts over UDP.
struct SIPMeasurements {
    let place: Scene.Place

    /// People, and apps of each; every app is a source of its own and has one request open.
    private static let (persons, apps) = (16, 4)
    private static let perPhone = 200
    private static let runs = 3
    private static let password = "a password of the benchmark"

    func all() throws -> [Measurement] {
        let port = try Socket.freePort(.datagram)
        let scene = try Scene(
            "sip", in: place,
            parts: """
                lines:
                  home:
                    trunk: loopback
                    queue-limit: 10000000
                endpoints:
                  softphone:
                    domain: \(PlayedPhone.domain)
                    listen: ["udp:127.0.0.1:\(port)"]
                """)
        for person in 0..<Self.persons { try scene.homeline.addPerson("person\(person)", password: Self.password) }
        try scene.homeline.addPerson("away", password: Self.password)
        try scene.homeline.start(scene.api)
        defer { scene.homeline.stop() }
        let phones = try (0..<Self.persons * Self.apps).map { number in
            try PlayedPhone(
                user: "person\(number % Self.persons)", password: Self.password, host: 256 + UInt16(number) + 1, server: LoopbackAddress(port: port))
        }
        for phone in phones { try phone.register() }
        let load = SIPLoad(phones: phones)
        _ = try load.run(try phones.map { phone in try (0..<20).map { _ in try phone.register(proving: true) } })

        let proven = try rate("REGISTER, right digest, UDP, 64 open", 200, .atLeast(20_000), "Kamailio 8,900", scene, load) {
            try phones.map { phone in try (0..<Self.perPhone).map { _ in try phone.register(proving: true) } }
        }
        let unproven = try rate("REGISTER, no credentials (401), UDP, 64 open", 401, .atLeast(60_000), "Kamailio 59,000", scene, load) {
            try phones.map { phone in try (0..<Self.perPhone).map { _ in try phone.register(proving: false) } }
        }
        let before = try scene.api.storedMessages()
        let texts = Self.perPhone / 4
        let stored = try rate("MESSAGE stored for a device that is off, UDP, 64 open", 202, .atLeast(8000), "Kamailio 900–1,600", scene, load) {
            try phones.map { phone in try (0..<texts).map { try phone.message(to: "away", "Text \($0) for somebody who is away.") } }
        }
        let kept = try scene.api.storedMessages() - before
        let sent = phones.count * texts * Self.runs
        guard kept == sent else { throw BenchError("\(sent) texts were accepted over SIP and \(kept) are stored") }
        return [unproven, proven, stored]
    }

    /// Every request of every run must get this status. What `requests` makes is made before the clock starts.
    private func rate(
        _ what: String, _ status: Int, _ promise: Measurement.Promise, _ reference: String, _ scene: Scene, _ load: SIPLoad,
        requests: () throws -> [[[UInt8]]]
    ) throws -> Measurement {
        var results: [SIPLoad.Result] = []
        var (count, user, system) = (0, 0.0, 0.0)
        for _ in 0..<Self.runs {
            let requests = try requests()
            let sent = requests.reduce(0) { $0 + $1.count }
            let run = try scene.cpu { try load.run(requests) }
            guard run.result.answers[status] == sent else {
                throw BenchError("\(what): of \(sent) requests these were answered, by status: \(run.result.answers.sorted { $0.key < $1.key })")
            }
            results.append(run.result)
            count += sent
            user += run.user
            system += run.system
        }
        let rate = Samples(results.map { $0.rate(of: status) }).median
        let repeats = results.reduce(0) { $0 + $1.repeats }
        var account = Scene.account(user: user, system: system, count: count, rate: rate)
        if repeats > 0 { account += "; \(repeats) datagrams were sent again" }
        return Measurement(
            what: what, unit: .perSecond, reached: rate, p99: Samples(results.flatMap(\.latencies)).p99, promise: promise, reference: reference,
            explanation: account)
    }
}
