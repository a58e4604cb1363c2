import Foundation

/// The app SMS Gate on a phone, or the server in front of it: messages under names, webhooks that are told until they are taken, and the
/// phone's own store of what came in.
public actor SMSGateApp {
    public struct Sent: Hashable, Sendable {
        public let id: String
        public let number: String
        public let text: String
        /// Of a data SMS; nil for a text.
        public var data: Data?
        public var port: Int?
        public let sim: Int?
        public let ttl: Int?
    }

    public struct Hook: Codable, Hashable, Sendable {
        public let id: String?
        public let url: String
        public let event: String
    }

    struct Order: Decodable {
        struct Text: Decodable { let text: String }
        let id: String?
        struct Octets: Decodable {
            let data: Data
            let port: Int
        }
        let textMessage: Text?
        let dataMessage: Octets?
        let phoneNumbers: [String]
        let simNumber: Int?
        let ttl: Int?
    }

    /// What the phone's own store holds.
    struct Stored {
        let message: SMSGateMessage
        var isProcessed: Bool
    }

    struct Outgoing {
        let sent: Sent
        var state: String
        var error: String?
        var at: Int64
    }

    /// Below which path the API is: empty on a phone.
    public let base: String
    public internal(set) var mood = HandsetMood.working
    /// Whether webhooks may be plain HTTP, as in the app's insecure build.
    public var isInsecure = false
    public internal(set) var hooks: [Hook] = []
    /// Events that nobody has taken yet, with the address each is for.
    public internal(set) var untold: [SMSGateTelling] = []
    /// When its server last saw the phone, in milliseconds.
    public var lastSeen: Int64

    let credentials: String
    let sign: @Sendable ([UInt8]) -> [UInt8]
    let now: @Sendable () -> Int64
    let post: HandsetPoster
    var outgoing: [Outgoing] = []
    var store: [Stored] = []
    private var names = 0
    private var server: HandsetServer?

    /// - Parameters:
    ///   - sign: HMAC-SHA256 under the app's signing key.
    ///   - now: the phone's clock, in milliseconds.
    public init(
        user: String, password: String, base: String = "", sign: @escaping @Sendable ([UInt8]) -> [UInt8], now: @escaping @Sendable () -> Int64,
        post: @escaping HandsetPoster
    ) {
        credentials = "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
        self.base = base
        self.sign = sign
        self.now = now
        self.post = post
        lastSeen = now()
    }

    /// Listens on a free port of this machine; its URL.
    public func start() async throws -> String {
        let server = HandsetServer { [weak self] request in await self?.answer(request) ?? .hangUp }
        self.server = server
        try await server.start()
        return await server.url + base
    }

    public func set(_ mood: HandsetMood) async {
        self.mood = mood
        if mood == .away { await server?.stop() } else { try? await server?.start() }
    }

    public func stop() async { await server?.stop() }
    public func saw(at time: Int64) { lastSeen = time }
    public func forgetHooks() { hooks = [] }

    public var sent: [Sent] { outgoing.map(\.sent) }

    func name() -> String {
        names += 1
        return "event-\(names)"
    }

    // MARK: - What it answers

    public func answer(_ request: PeerRequest) async -> PeerReply {
        guard mood != .away else { return .hangUp }
        guard request.headers["authorization"] == credentials else { return PeerReply(401) }
        guard request.path.hasPrefix(base) else { return PeerReply(404) }
        let path = String(request.path.dropFirst(base.count))
        let query = PeerRequest.parameters(request.query)
        switch (request.method, path) {
        case ("POST", "/messages"), ("POST", "/message"): return await enqueue(request.body)
        case ("GET", "/messages"): return list(outgoing.filter { Self.isWithin($0.at, query) }.map(entry), query)
        case ("GET", "/webhooks"): return Self.json(hooks)
        case ("POST", "/webhooks"): return register(request.body)
        case ("GET", "/devices"): return Self.json([["id": "device-1", "lastSeen": HandsetTimes.text(lastSeen)]])
        case ("GET", "/inbox"): return list(store.filter { $0.isProcessed && Self.isWithin($0.message.at, query) }.compactMap(\.message.entry).reversed(), query)
        case ("POST", "/inbox/refresh"): return await refresh(request.body)
        default: return PeerReply(404)
        }
    }

    private func enqueue(_ body: [UInt8]) async -> PeerReply {
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(body)), let number = order.phoneNumbers.first,
            order.textMessage?.text.isEmpty == false || order.dataMessage?.data.isEmpty == false, mood != .refusing
        else { return .json(400, #"{"message":"Empty phone numbers list"}"#) }
        guard mood != .failing else { return .json(500, #"{"message":"database is locked"}"#) }
        let id = order.id ?? name()
        guard !outgoing.contains(where: { $0.sent.id == id }) else { return .json(409, #"{"message":"Message already exists"}"#) }
        let sent = Sent(
            id: id, number: number, text: order.textMessage?.text ?? "", data: order.dataMessage?.data, port: order.dataMessage?.port, sim: order.simNumber, ttl: order.ttl)
        outgoing.append(Outgoing(sent: sent, state: "Pending", error: nil, at: now()))
        if mood == .losingAnswers { return .hangUp }
        if mood == .slow { try? await Task.sleep(for: .milliseconds(300)) }
        if mood == .silent { try? await Task.sleep(for: .seconds(3600)) }
        return .json(202, #"{"id":"\#(id)","state":"Pending"}"#)
    }

    private func register(_ body: [UInt8]) -> PeerReply {
        guard let hook = try? JSONDecoder().decode(Hook.self, from: Data(body)) else { return PeerReply(400) }
        guard isInsecure || hook.url.hasPrefix("https://") || hook.url.hasPrefix("http://127.0.0.1") else {
            return .json(400, #"{"message":"url must start with https:// or http://127.0.0.1"}"#)
        }
        hooks.removeAll { $0.id == hook.id }
        hooks.append(hook)
        return Self.json(hook, 201)
    }

    private func entry(_ message: Outgoing) -> SMSGateOutboxItem {
        SMSGateOutboxItem(
            id: message.sent.id, state: message.state, recipients: [.init(phoneNumber: message.sent.number, state: message.state, error: message.error)],
            states: [message.state: HandsetTimes.text(message.at)])
    }

    private func list(_ entries: some Collection<some Encodable>, _ query: [String: String]) -> PeerReply {
        let offset = query["offset"].flatMap { Int($0) } ?? 0, limit = query["limit"].flatMap { Int($0) } ?? 50
        return Self.json(Array(entries.dropFirst(offset).prefix(limit)))
    }

    private static func isWithin(_ time: Int64, _ query: [String: String]) -> Bool {
        let from = query["from"].flatMap { HandsetTimes.milliseconds($0) } ?? 0, to = query["to"].flatMap { HandsetTimes.milliseconds($0) } ?? .max
        return from <= time && time <= to
    }

    static func json(_ value: some Encodable, _ status: Int = 200) -> PeerReply {
        .json(status, (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null")
    }
}
