import SIP

/// Files through the file server: left there as an app does it, and fetched again.
struct FileMeasurements {
    let place: Scene.Place

    private static let size = 50_000_000
    private static let user = "alice"
    private static let password = "a long password of the benchmark"
    private static let realm = "bench.test"
    private static let boundary = "-----------------------------14737809831466499882746641449"

    func all() throws -> [Measurement] {
        let sip = try Socket.freePort(.datagram)
        let scene = try Scene(
            "files", in: place,
            parts: "lines:\n  home:\n    trunk: loopback\nendpoints:\n  softphone:\n    domain: \(Self.realm)\n    listen: [\"udp:127.0.0.1:\(sip)\"]")
        try scene.homeline.addPerson(Self.user, password: Self.password)
        try scene.homeline.start(scene.api)
        let small = try leave([UInt8](repeating: 7, count: 100_000), scene)
        _ = try fetch(small, scene)
        let before = scene.homeline.usage
        let begin = ContinuousClock.now
        let url = try leave(octets(), scene)
        let upload = Double(Self.size) / (ContinuousClock.now - begin).seconds / 1e6
        let downloads = try (0..<5).map { _ in Double(Self.size) / (try fetch(url, scene)) / 1e6 }
        let growth = scene.homeline.usage.resident - before.resident
        let (_, user, system) = try scene.cpu { _ = try (0..<5).map { _ in try fetch(url, scene) } }
        scene.homeline.stop()
        let share = Int((system / max(user + system, 1e-9) * 100).rounded())
        return [
            Measurement(
                what: "Memory grown by 50 MB left and fetched six times", unit: .megabytes, reached: growth, promise: .atMost(8),
                explanation: "pieces of 256 KiB and the allocator's own keeping."),
            Measurement(what: "Megabytes a second left, with SHA-256 and on disk", unit: .perSecond, reached: upload),
            Measurement(
                what: "Megabytes a second fetched over one connection", unit: .perSecond, reached: Samples(downloads).median, promise: .atLeast(1000),
                explanation: "each octet is copied from the file, into the answer and into the socket; \(share) % of the daemon's CPU is the kernel's. "
                    + "\(Machine.cores) cores are shared with who fetches."),
        ]
    }

    /// Octets that no disk or wire makes smaller.
    private func octets() -> [UInt8] {
        var state: UInt64 = 1
        return (0..<Self.size).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    /// The empty request, the answer to its challenge, the form; the path of what was left.
    private func leave(_ octets: [UInt8], _ scene: Scene) throws -> String {
        let socket = try Socket(.stream)
        try socket.connect(scene.api.address)
        let challenge = try scene.api.perform(request("", "", []), over: socket)
        guard challenge.status == 401 else { throw BenchError("the file server answered \(challenge.status)") }
        let proof = try authorization(to: String(decoding: challenge.head, as: UTF8.self))
        let head = "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"File\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
        let form = Array(head.utf8) + octets + Array("\r\n--\(Self.boundary)--\r\n".utf8)
        let answer = try scene.api.perform(
            request(proof, "Content-Type: multipart/form-data; boundary=\(Self.boundary)\r\n", form), over: socket)
        let document = String(decoding: answer.body, as: UTF8.self)
        guard answer.status == 200, let start = document.firstRange(of: "/files/") else { throw BenchError("the form was answered \(answer.status)") }
        return String(document[start.lowerBound...].prefix { $0 != "\"" })
    }

    private func request(_ authorization: String, _ type: String, _ body: [UInt8]) -> [UInt8] {
        Array("POST /files HTTP/1.1\r\nHost: bench\r\n\(authorization)\(type)Content-Length: \(body.count)\r\n\r\n".utf8) + body
    }

    private func authorization(to head: String) throws -> String {
        guard let start = head.firstRange(of: "nonce=\"") else { throw BenchError("a challenge without a nonce") }
        let nonce = head[start.upperBound...].prefix { $0 != "\"" }
        var credentials = Digest.Credentials(
            username: Self.user, realm: Self.realm, nonce: String(nonce), uri: "/files", cnonce: "c", qop: "auth", nonceCount: 1)
        guard let method = Method("POST") else { throw BenchError("no method") }
        let ha1 = Digest.ha1(username: Self.user, realm: Self.realm, password: Self.password, hash: MD5.hash)
        credentials.response = Digest.response(ha1: ha1, method: method, uri: credentials.uri, credentials: credentials, hash: MD5.hash)
        return "Authorization: \(credentials)\r\n"
    }

    /// Seconds from the request to the last octet.
    private func fetch(_ path: String, _ scene: Scene) throws -> Double {
        let socket = try Socket(.stream)
        try socket.connect(scene.api.address)
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let begin = ContinuousClock.now
        try socket.send(Array("GET \(path) HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".utf8))
        var count = 0
        while true {
            let piece = try socket.receive(into: &buffer)
            if count == 0, !piece.starts(with: "HTTP/1.1 200".utf8) { throw BenchError("the file was not given") }
            count += piece.count
            if piece.isEmpty { break }
        }
        guard count > 100_000 else { throw BenchError("the file came with \(count) octets") }
        return (ContinuousClock.now - begin).seconds
    }
}
