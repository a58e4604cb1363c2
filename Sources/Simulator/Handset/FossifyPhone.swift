import Foundation

/// A phone with the Fossify Messages build: three requests it answers, one that it makes, and nothing that it remembers.
public actor FossifyPhone {
    /// What it handed to its radio.
    public struct Sent: Hashable, Sendable {
        public let number: String
        public let text: String
        public let attachments: [[UInt8]]

        public init(number: String, text: String, attachments: [[UInt8]] = []) {
            self.number = number
            self.text = text
            self.attachments = attachments
        }
    }

    struct Order: Decodable {
        let phoneNumber: String?
        let message: String?
        let attachments: [String]?
    }

    struct Event: Encodable {
        let phoneNumber: String
        let message: String
        let attachments: [String]?
        let type: String
        let receivedAt: Int64
    }

    public private(set) var sent: [Sent] = []
    public private(set) var mood = HandsetMood.working
    /// Posts that nobody answered with 200: the phone has forgotten them.
    public private(set) var forgotten = 0
    private let token: String
    private let webhookToken: String
    private let webhookPath: String
    private var clock: Int64 = 1_790_000_000_000
    private var server: HandsetServer?

    public init(token: String, webhookToken: String, webhookPath: String = "/webhook/fossify") {
        self.token = token
        self.webhookToken = webhookToken
        self.webhookPath = webhookPath
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

    // MARK: - What it answers

    public func answer(_ request: PeerRequest) async -> PeerReply {
        guard mood != .away else { return .hangUp }
        guard request.headers["authorization"] == "Bearer \(token)" else { return .json(401, #"{"error":"Unauthorized"}"#) }
        switch (request.method, request.path) {
        case ("GET", "/health"): return .json(200, #"{"status":"ok","server":"fossify-api"}"#)
        case ("POST", "/send_sms"): return await send(request, isComplete: { $0.phoneNumber != nil && $0.message != nil }, "Missing phoneNumber or message")
        case ("POST", "/send_mms"): return await send(request, isComplete: { $0.phoneNumber != nil }, "Missing phoneNumber")
        default: return .json(404, #"{"error":"Not found"}"#)
        }
    }

    private func send(_ request: PeerRequest, isComplete: (Order) -> Bool, _ complaint: String) async -> PeerReply {
        guard let order = try? JSONDecoder().decode(Order.self, from: Data(request.body)) else { return .json(500, #"{"error":"no JSON"}"#) }
        guard isComplete(order), mood != .refusing else { return .json(400, #"{"error":"\#(complaint)"}"#) }
        // The app's own mistake: the words are not escaped.
        guard mood != .failing else { return .json(500, #"{"error":"java.lang.SecurityException: "no permission""}"#) }
        let files = (order.attachments ?? []).map { Data(base64Encoded: $0) }
        // The strict decoder of the phone throws at what is not plain base64 in one line.
        guard files.allSatisfy({ $0 != nil }) else { return .json(500, #"{"error":"Illegal base64 character"}"#) }
        clock += 1000
        sent.append(Sent(number: order.phoneNumber ?? "", text: order.message ?? "", attachments: files.compactMap { $0.map { Array($0) } }))
        if mood == .losingAnswers { return .hangUp }
        if mood == .slow { try? await Task.sleep(for: .milliseconds(300)) }
        if mood == .silent { try? await Task.sleep(for: .seconds(3600)) }
        return .json(200, #"{"status":"sent","id":"\#(clock)"}"#)
    }

    // MARK: - What it posts

    /// A message comes in: it is posted once, and forgotten whatever comes of it.
    @discardableResult
    public func receive(from number: String, _ text: String, attachments: [[UInt8]] = [], through post: HandsetPoster) async -> HandsetPostAnswer? {
        clock += 1000
        let answer = await post(event(from: number, text, attachments: attachments, at: clock))
        if answer?.status != 200 { forgotten += 1 }
        return answer
    }

    /// The post that tells of a message.
    public func event(from number: String, _ text: String, attachments: [[UInt8]] = [], at time: Int64) -> HandsetPost {
        let files = attachments.map { Data($0).base64EncodedString() }
        let event = Event(
            phoneNumber: number, message: text, attachments: files.isEmpty ? nil : files, type: files.isEmpty ? "sms" : "mms", receivedAt: time)
        let body = (try? JSONEncoder().encode(event)).map { Array($0) } ?? []
        return HandsetPost(
            path: webhookPath, headers: ["Authorization": "Bearer \(webhookToken)", "Content-Type": "application/json"], body: body)
    }
}
