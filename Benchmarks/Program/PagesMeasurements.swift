import Glibc

/// The Console's pages on a ledger of many messages, as a browser asks for them, and a thousand of them open.
struct PagesMeasurements {
    let place: Scene.Place
    /// Messages in the ledger; nil for the one conversation alone.
    let ledgerSize: Int?

    private static let asked = 200
    private static let openPages = 1000
    /// Pages of one person, and connections from one address, that are within the limits.
    private static let pagesOfOne = 50
    private static let pagesFromOne = 200

    func all() async throws -> [Measurement] {
        let scene = try Scene("pages", in: place, parts: "  console: open\nlines:\n  home:\n    trunk: loopback\n    queue-limit: 100000\n    echo: yes")
        let ledger = LongLedger(people: Self.openPages / Self.pagesOfOne, messages: ledgerSize ?? LongLedger.usual)
        let seconds = try await ledger.write(to: scene.homeline.stateDirectory + "/ledger.sqlite")
        let size = "\(ledger.messages) messages (filled and indexed in \(Int(seconds)) s)"
        var measurements = try [
            start(scene, size),
            page(scene, "/conversations/1", "Thread page of a conversation of \(ledger.conversation)", limit: 20),
            page(scene, "/", "Inbox page", limit: 20),
            page(scene, "/search?q=needle", "Search for a rare word", limit: 50),
            page(scene, "/search?q=text+very", "Search for words of every message", limit: 50),
        ]
        let thread = try ask(scene, "/conversations/1")
        measurements.append(
            Measurement(what: "Octets of that thread page", unit: .kilobytes, reached: Double(thread.body.count) / 1000, promise: .atMost(60)))
        measurements += try live(scene)
        scene.homeline.stop()
        return measurements
    }

    /// Leaves the daemon running.
    private func start(_ scene: Scene, _ size: String) throws -> Measurement {
        var times: [Double] = []
        for _ in 0..<5 {
            scene.homeline.stop()
            times.append(try scene.homeline.start(scene.api))
        }
        return Measurement(what: "Start to /health, \(size)", unit: .milliseconds, reached: Samples(times).median, promise: .atMost(200))
    }

    private func request(_ scene: Scene, _ path: String, person: Int = 0) -> [UInt8] {
        Array("GET \(path) HTTP/1.1\r\nHost: \(scene.api.address.text)\r\nCookie: \(LongLedger.cookie(of: person))\r\nAccept: text/html\r\n\r\n".utf8)
    }

    private func ask(_ scene: Scene, _ path: String, over socket: Socket? = nil) throws -> HTTPMessage {
        let answer = try socket.map { try scene.api.perform(request(scene, path), over: $0) } ?? scene.api.perform(request(scene, path))
        guard answer.status == 200 else { throw BenchError("\(path) was answered \(answer.status)") }
        return answer
    }

    /// From asking to the whole answer, over a connection that stays open.
    private func page(_ scene: Scene, _ path: String, _ what: String, limit: Double) throws -> Measurement {
        let socket = try Socket(.stream)
        try socket.connect(scene.api.address)
        for _ in 0..<20 { _ = try ask(scene, path, over: socket) }
        var times: [Double] = []
        for _ in 0..<Self.asked {
            let begin = ContinuousClock.now
            _ = try ask(scene, path, over: socket)
            times.append((ContinuousClock.now - begin).milliseconds)
        }
        let samples = Samples(times)
        return Measurement(what: what, unit: .milliseconds, reached: samples.median, p99: samples.p99, promise: .atMost(limit))
    }

    /// A thousand pages wait for news: what they weigh, and when the first and the last of them hear of a text.
    private func live(_ scene: Scene) throws -> [Measurement] {
        let before = scene.homeline.usage.anonymous
        let sockets = try (0..<Self.openPages).map { try open(scene, $0) }
        usleep(2_000_000)
        let grown = scene.homeline.usage.anonymous - before
        var first: [Double] = [], last: [Double] = [], shown: [Double] = []
        for round in 0..<10 {
            let answer = try scene.api.perform(scene.api.submission(line: "home", to: "+15550177", text: "news \(round)"))
            let begin = ContinuousClock.now
            guard answer.status == 202 else { throw BenchError("a text was answered \(answer.status)") }
            for (index, socket) in sockets.enumerated() {
                try hear(socket)
                if index == 0 {
                    first.append((ContinuousClock.now - begin).milliseconds)
                    _ = try ask(scene, "/conversations/1")
                    shown.append((ContinuousClock.now - begin).milliseconds)
                }
            }
            last.append((ContinuousClock.now - begin).milliseconds)
            usleep(300_000)
            // The echo, and what became of both.
            for socket in sockets { try drain(socket) }
        }
        return [
            Measurement(
                what: "Memory of \(Self.openPages) open pages that wait for news", unit: .megabytes, reached: grown, promise: .atMost(50)),
            Measurement(what: "A text's commit to the event at the first of them", unit: .milliseconds, reached: Samples(first).median, p99: Samples(first).p99),
            Measurement(
                what: "The same to the thread's page that shows it", unit: .milliseconds, reached: Samples(shown).median, p99: Samples(shown).p99, promise: .atMost(100)),
            Measurement(what: "The same to the event at the last of them", unit: .milliseconds, reached: Samples(last).median, p99: Samples(last).p99),
        ]
    }

    private func open(_ scene: Scene, _ index: Int) throws -> Socket {
        let socket = try Socket(.stream)
        try socket.bind(LoopbackAddress(host: UInt16(2 + index / Self.pagesFromOne), port: 0))
        try socket.connect(scene.api.address)
        try socket.send(request(scene, "/live", person: index / Self.pagesOfOne))
        var text = ""
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !text.contains("retry:") {
            let more = try socket.receive(into: &buffer)
            text += String(decoding: more, as: UTF8.self)
            guard !more.isEmpty, text.hasPrefix("HTTP/1.1 200") else { throw BenchError("page \(index) was answered \(text.prefix(80))") }
        }
        return socket
    }

    private func hear(_ socket: Socket) throws {
        var buffer = [UInt8](repeating: 0, count: 4096)
        var text = ""
        while !text.contains("data:") {
            let more = try socket.receive(into: &buffer)
            guard !more.isEmpty else { throw BenchError("a page's stream ended") }
            text += String(decoding: more, as: UTF8.self)
        }
    }

    private func drain(_ socket: Socket) throws {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while recv(socket.descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT)) > 0 {}
    }
}
