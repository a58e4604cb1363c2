/// A simulated router for other programs: its page on one port, what happens around it on another.
extension SimulatedRouter {
    /// Runs until it is cancelled. On the control port `POST /text?from=…&text=…&kind=…` lets a text come, `GET /sent` lists what went out
    /// as lines of number, tab, text.
    public func run(port: Int, control: Int, announce: @Sendable (String) -> Void) async throws {
        try await start(port: port)
        let controls = try await WebPeer.start(port: control) { [weak self] request in self?.obey(request) ?? .hangUp }
        announce("router at \(url), controls at \(controls.url)")
        while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
        await controls.stop()
        await stop()
    }

    private func obey(_ request: PeerRequest) -> PeerReply {
        switch (request.method, request.path) {
        case ("POST", "/text"):
            let fields = PeerRequest.parameters(request.query)
            guard let sender = fields["from"], let text = fields["text"] else { return .text(400, "from and text are missing\n") }
            receive(from: sender, text, kind: fields["kind"].flatMap { Int($0) } ?? 1)
            return .text(200, "ok\n")
        case ("GET", "/sent"):
            return .text(200, use { $0.routed.map { "\($0.number)\t\($0.text)\n" } }.joined())
        case ("GET", "/inbox"):
            return .text(200, "\(use { $0.count(1) })\n")
        default:
            return .text(404, "no such control\n")
        }
    }
}
