import Exchange
import HTTPStack
import Kinds
import Telephony

/// What sms-bridge-linphone served, on a line of ours: the same paths, keys and answers, but for who may.
struct SeedBridge: Sendable {
    let access: SeedAccess
    let sender: LineSender
    let files: SentFiles
    let lines: [ServedLine]

    /// All files in base64, the text, and room for the rest.
    private static let bodyLimit = SentFiles.octetLimit / 3 * 4 + 128 * 1024
    private static let textLimit = 64 * 1024

    var operations: [Operation] {
        [
            operation("/webhook/linphone", Self.bodyLimit, fromLinphone),
            operation("/sip/message", Self.textLimit, sipMessage),
            operation("/test/fossify", Self.textLimit, test),
            Operation(.get, "/health", access: .open) { _ in await health() },
        ]
    }

    /// One whose body is read whole whatever it says to be, after its caller was admitted: the old bridge never looked at Content-Type.
    private func operation(
        _ path: String, _ limit: Int, _ respond: @escaping @Sendable (Request, RequestBody) async throws(SeedRefusal) -> Response
    ) -> Operation {
        Operation(.post, path, access: .own, reading: limit) { request, body in
            do throws(SeedRefusal) {
                return try await respond(request, body)
            } catch {
                return error.response
            }
        }
    }

    /// Texts and pictures from the SIP side.
    private func fromLinphone(_ request: Request, _ octets: RequestBody) async throws(SeedRefusal) -> Response {
        try access.admit(request)
        let body = try SeedBody(try await read(octets))
        guard let to = try body.text("to", "dst", "destination") else { throw SeedRefusal(400, "No destination") }
        let text = try body.text("message", "text") ?? ""
        let files = try await self.files.parts(try body.texts("media", "attachments"))
        // An empty key is what a script sends that has none.
        let key = request.header("Idempotency-Key").flatMap { $0.isEmpty ? nil : $0 }
        _ = try await send(text, files: files, to: to, key: key)
        return .json(200, ["status": "sent_via_cellular"])
    }

    /// A SIP MESSAGE whose head came as that of an HTTP request.
    private func sipMessage(_ request: Request, _ octets: RequestBody) async throws(SeedRefusal) -> Response {
        try access.admitOpenly(request)
        guard let to = request.header("To"), SIPParty(to) != nil else { throw SeedRefusal(400, "Invalid To address") }
        let type = request.header("Content-Type") ?? "text/plain"
        guard type.prefix(while: { $0 != ";" }).filter({ $0 != " " }).lowercased() == "text/plain" else {
            throw SeedRefusal(415, "Only text/plain is taken; pictures go through /webhook/linphone")
        }
        guard let text = String(validating: try await read(octets), as: UTF8.self) else { throw SeedRefusal(400, "The text is not UTF-8") }
        _ = try await send(text, files: [], to: to, key: nil)
        return .empty(200)
    }

    private func test(_ request: Request, _ octets: RequestBody) async throws(SeedRefusal) -> Response {
        try access.admitOpenly(request)
        let body = try SeedBody(try await read(octets))
        guard let to = try body.text("phone") else { throw SeedRefusal(400, "No phone") }
        let id = try await send(try body.text("message") ?? "Test from bridge", files: [], to: to, key: nil)
        return .json(200, ["status": "ok", "result": ["status": "sent", "id": .string(id.description)]])
    }

    /// The keys that watchers expect, without our addresses. 503 when no line works.
    private func health() async -> Response {
        var isAlive = lines.isEmpty
        for line in lines where !isAlive { isAlive = await line.health().state != .down }
        let status: JSON = isAlive ? "ok" : "down"
        return .json(isAlive ? 200 : 503, ["bridge": "sms-mms-bridge", "fossify_api": "", "mmsgate": "", "status": status])
    }

    private func send(_ text: String, files: [Part], to: String, key: String?) async throws(SeedRefusal) -> MessageID {
        guard let party = SIPParty(to) else { throw SeedRefusal(400, "That is no telephone number") }
        if let key, key.utf8.count > 200 { throw SeedRefusal(400, "The Idempotency-Key has more than 200 octets") }
        let address = party.readings.lazy.compactMap { try? sender.addresses([$0]).first }.first
        guard let address else { throw SeedRefusal(400, "That is no telephone number") }
        do throws(SubmissionError) {
            return try await sender.send((text.isEmpty ? [] : [.text(text)]) + files, to: [address], key: key)
        } catch {
            throw SeedRefusal(error)
        }
    }

    private func read(_ body: RequestBody) async throws(SeedRefusal) -> [UInt8] {
        do {
            return try await body.whole()
        } catch let problem as Problem {
            throw SeedRefusal(problem)
        } catch {
            throw SeedRefusal(400, "The body did not come whole")
        }
    }
}
