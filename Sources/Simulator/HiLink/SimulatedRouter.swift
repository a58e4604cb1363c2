import Synchronization

/// A virtual router behind a port of this machine.
public final class SimulatedRouter: Sendable {
    private struct State {
        var router: VirtualRouter
        var server: WebPeer?
        var port = 0
    }

    private let state: Mutex<State>
    private let clock: @Sendable () -> Int

    /// - Parameter clock: seconds since 1970.
    public init(_ model: RouterModel = RouterModel(), clock: @escaping @Sendable () -> Int) {
        state = Mutex(State(router: VirtualRouter(model)))
        self.clock = clock
    }

    /// Listens; on the same port as before, where there was one.
    public func start(port: Int? = nil) async throws {
        let wanted = port ?? state.withLock { $0.port }
        let server = try await WebPeer.start(port: wanted) { [weak self] request in
            guard let self else { return .hangUp }
            let (reply, delay) = self.handle(request)
            if delay > .zero { try? await Task.sleep(for: delay) }
            return reply
        }
        state.withLock {
            $0.server = server
            $0.port = server.port
        }
    }

    /// Nobody listens any longer.
    public func stop() async { await state.withLock { $0.server }?.stop() }

    public var url: String { "http://127.0.0.1:\(state.withLock { $0.port })" }

    /// Looks at the router, or changes it.
    public func use<Value>(_ body: (inout VirtualRouter) -> Value) -> Value {
        state.withLock { state in body(&state.router) }
    }

    /// A text from the network, now.
    public func receive(from phone: String, _ text: String, kind: Int = 1) {
        let now = clock()
        use { $0.receive(from: phone, text, kind: kind, now: now) }
    }

    private func handle(_ request: PeerRequest) -> (reply: PeerReply, delay: Duration) {
        let now = clock()
        return use { $0.handle(request, now: now) }
    }
}
