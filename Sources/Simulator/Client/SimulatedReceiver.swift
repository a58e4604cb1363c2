import Synchronization

/// A program of somebody's that is told over HTTP of what comes in, as the documentation of who tells it describes; on this machine.
public final class SimulatedReceiver: Sendable {
    public enum Form: String, CaseIterable, Sendable {
        /// VoIP.ms's callback by GET, which wants `ok`; its document, as mmsgate reads it; and Homeline's own webhook.
        case callback, mmsgate, webhook
    }

    public enum Mood: Sendable {
        case working, failing, away
        /// It takes a message, and answers too late.
        case slow
        /// It takes a message, and its answer is lost.
        case losingAnswers
    }

    /// A message that it was told, by the name that it is told under.
    public struct Told: Hashable, Sendable {
        public let name: String
        public let text: String
    }

    /// What `slow` takes.
    public static let delay = Duration.milliseconds(1500)

    public let form: Form
    public let port: Int
    private let server: Mutex<WebPeer?>
    private let state: Desk

    private final class Desk: Sendable {
        let form: Form
        let kept = Mutex((mood: Mood.working, told: [Told]()))

        init(_ form: Form) { self.form = form }

        func respond(_ request: PeerRequest) async -> PeerReply {
            let mood = kept.withLock(\.mood)
            guard mood != .failing, mood != .away, let told = Self.read(request, form) else { return .text(500, "Internal error") }
            kept.withLock { $0.told.append(told) }
            if mood == .slow { try? await Task.sleep(for: SimulatedReceiver.delay) }
            return mood == .losingAnswers ? .hangUp : .text(200, "ok")
        }

        private static func read(_ request: PeerRequest, _ form: Form) -> Told? {
            switch form {
            case .callback:
                let fields = PeerForm.query(request)
                return told(fields["id"], fields["message"])
            case .mmsgate: return told(PeerForm.json(request, "data.payload.id"), PeerForm.json(request, "data.payload.text"))
            case .webhook: return told(PeerForm.json(request, "message.id"), PeerForm.json(request, "message.text"))
            }
        }

        private static func told(_ name: String?, _ text: String?) -> Told? {
            guard let name, let text, !name.isEmpty else { return nil }
            return Told(name: name, text: text)
        }
    }

    private init(_ desk: Desk, _ server: WebPeer) {
        state = desk
        form = desk.form
        port = server.port
        self.server = Mutex(server)
    }

    public static func start(_ form: Form) async throws -> SimulatedReceiver {
        let desk = Desk(form)
        return SimulatedReceiver(desk, try await WebPeer.start { await desk.respond($0) })
    }

    /// Everything that it was told, in order.
    public var told: [Told] { state.kept.withLock(\.told) }

    public func set(_ mood: Mood) async throws {
        state.kept.withLock { $0.mood = mood }
        if mood == .away { return await stop() }
        guard server.withLock({ $0 == nil }) else { return }
        let desk = state
        let back = try await WebPeer.start(port: port) { await desk.respond($0) }
        server.withLock { $0 = back }
    }

    public func stop() async {
        let gone = server.withLock { server in
            defer { server = nil }
            return server
        }
        await gone?.stop()
    }
}
