import Foundation

/// An httpSMS server with one phone behind it: messages under its own names, events told twice at most, and a list of everything.
public actor HTTPSMSServer {
    public struct Sent: Hashable, Sendable {
        public let id: String
        public let number: String
        public let text: String
        public let files: [String]
    }

    struct Order: Decodable {
        let from: String
        let to: String
        let content: String
        let attachments: [String]?
        let request_id: String?
    }

    public internal(set) var mood = HandsetMood.working
    public private(set) var sent: [Sent] = []
    /// Events that were not taken: they are told no more.
    public private(set) var dropped = 0
    let number: String
    let key: String
    let now: @Sendable () -> Int64
    var messages: [HTTPSMSItem] = []
    /// Files that it gives away, by path.
    public internal(set) var files: [String: [UInt8]] = [:]
    public var heartbeat: Int64
    private let token: @Sendable (_ seconds: Int64) -> String
    private let post: HandsetPoster
    private let webhookPath: String
    private var names = 0
    private var server: HandsetServer?

    /// - Parameters:
    ///   - token: the signed token that it shows with events, for a time in seconds.
    ///   - now: its clock, in milliseconds.
    public init(
        number: String, key: String, webhookPath: String, token: @escaping @Sendable (_ seconds: Int64) -> String, now: @escaping @Sendable () -> Int64,
        post: @escaping HandsetPoster
    ) {
        self.number = number
        self.key = key
        self.webhookPath = webhookPath
        self.token = token
        self.now = now
        self.post = post
        heartbeat = now()
    }

    /// Listens on a free port of this machine; its URL.
    public func start() async throws -> String {
        let server = HandsetServer { [weak self] request in await self?.answer(request) ?? .hangUp }
        self.server = server
        try await server.start()
        return await server.url
    }

    public func set(_ mood: HandsetMood) async {
        self.mood = mood
        if mood == .away { await server?.stop() } else { try? await server?.start() }
    }

    public func stop() async { await server?.stop() }
    public func heard(at time: Int64) { heartbeat = time }
    public func forget(_ path: String) { files[path] = nil }
    public func keep(_ octets: [UInt8], at path: String) { files[path] = octets }

    func name() -> String {
        names += 1
        let digits = String(names)
        return "32343a19-da5e-4b1b-a767-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    // MARK: - What it answers

    public func answer(_ request: PeerRequest) async -> PeerReply {
        guard mood != .away else { return .hangUp }
        if request.method == "GET", let file = files[request.path] { return PeerReply(200, body: file) }
        guard request.headers["x-api-key"] == key else { return .json(401, #"{"status":"error","message":"You are not authorized to carry out this request."}"#) }
        let query = PeerRequest.parameters(request.query)
        switch (request.method, request.path) {
        case ("POST", "/v1/messages/send"): return await send(request.body)
        case ("GET", "/v1/messages"): return page(messages.filter { $0.contact == query["contact"] }.sorted { ($0.order, $0.id) > ($1.order, $1.id) }, query)
        case ("GET", "/v1/message-threads"): return page(threads, query)
        case ("GET", "/v1/heartbeats"): return Self.json([["timestamp": HandsetTimes.text(heartbeat)]])
        default: return .json(404, #"{"status":"error","message":"not found"}"#)
        }
    }

    private func send(_ body: [UInt8]) async -> PeerReply {
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(body)) else { return .json(400, #"{"status":"error"}"#) }
        guard order.from == number else { return .json(422, #"{"status":"error","data":{"from":["no phone found with this number"]}}"#) }
        guard mood != .refusing, !order.content.isEmpty, order.content.count <= 2048 else {
            return .json(422, #"{"status":"error","message":"validation errors while sending message","data":{"to":["the to field is no number"]}}"#)
        }
        guard mood != .failing else { return .json(500, #"{"status":"error","message":"We ran into an internal error while handling the request."}"#) }
        let id = name()
        sent.append(Sent(id: id, number: order.to, text: order.content, files: order.attachments ?? []))
        messages.append(
            HTTPSMSItem(id: id, request_id: order.request_id, owner: number, contact: order.to, content: order.content, type: "mobile-terminated", status: "pending", order: now()))
        if mood == .losingAnswers { return .hangUp }
        if mood == .slow { try? await Task.sleep(for: .milliseconds(300)) }
        if mood == .silent { try? await Task.sleep(for: .seconds(3600)) }
        return .json(200, #"{"status":"success","message":"message added to queue","data":{"id":"\#(id)"}}"#)
    }

    private var threads: [HTTPSMSItem] {
        var newest: [String: HTTPSMSItem] = [:]
        for message in messages where newest[message.contact].map({ $0.order < message.order }) ?? true { newest[message.contact] = message }
        // One order for all pages, also of what came at the same time.
        return newest.values.sorted { ($0.order, $0.id) > ($1.order, $1.id) }
    }

    private func page(_ entries: [HTTPSMSItem], _ query: [String: String]) -> PeerReply {
        let skip = query["skip"].flatMap { Int($0) } ?? 0, limit = query["limit"].flatMap { Int($0) } ?? 20
        return Self.json(Array(entries.dropFirst(skip).prefix(min(20, limit))))
    }

    private static func json(_ data: some Encodable) -> PeerReply {
        let text = (try? JSONEncoder().encode(data)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        return .json(200, #"{"status":"success","message":"fetched","data":\#(text)}"#)
    }

    // MARK: - What it tells

    /// Tells an event, twice at most.
    func tell(_ type: String, _ data: HTTPSMSPayload) async {
        let post = event(type, data)
        for _ in 0..<2 {
            if let answer = await self.post(post), answer.status < 400 { return }
        }
        dropped += 1
    }

    func event(_ type: String, _ data: HTTPSMSPayload) -> HandsetPost {
        let event = HTTPSMSTold(id: name(), source: "/v1/messages", specversion: "1.0", type: type, time: HandsetTimes.text(now()), data: data)
        let headers = ["Content-Type": "application/json", "X-Event-Type": type, "Authorization": "Bearer \(token(now() / 1000))"]
        return HandsetPost(path: webhookPath, headers: headers, body: (try? JSONEncoder().encode(event)).map { Array($0) } ?? [])
    }
}
