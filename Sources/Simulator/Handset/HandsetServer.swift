/// The web server of a simulated phone, which can be away and come back at the same address.
actor HandsetServer {
    private var peer: WebPeer?
    private var port = 0
    private let respond: WebPeer.Respond

    init(respond: @escaping WebPeer.Respond) { self.respond = respond }

    var url: String { "http://127.0.0.1:\(port)" }

    func start() async throws {
        guard peer == nil else { return }
        let peer = try await WebPeer.start(port: port, respond: respond)
        port = peer.port
        self.peer = peer
    }

    func stop() async {
        await peer?.stop()
        peer = nil
    }
}
