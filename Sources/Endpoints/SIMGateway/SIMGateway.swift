import Exchange
import HTTPStack
import Kinds
import Telephony

/// `POST /sms/send` and `GET /sms/signal`.
struct SIMGateway: Sendable {
    let key: KnownSecret?
    let guarding: SecretGuard
    let allowance: HourlyAllowance
    let sender: LineSender
    let mint: Mint

    private static let bodyLimit = 64 * 1024

    var operations: [Operation] {
        [
            Operation(.post, "/sms/send", access: .open, reading: Self.bodyLimit) { request, body in
                try await answered { () async throws(GatewayRefusal) in try await send(request, body) }
            },
            Operation(.get, "/sms/signal", access: .open) { request in
                try await answered { () async throws(GatewayRefusal) in
                    _ = try admit(request)
                    return .json(200, GatewaySignal(line: sender.line.id, health: await sender.line.health()).json)
                }
            },
        ]
    }

    private func answered(_ respond: () async throws(GatewayRefusal) -> Response) async throws -> Response {
        do throws(GatewayRefusal) {
            return try await respond()
        } catch {
            return error.response
        }
    }

    private func send(_ request: Request, _ body: RequestBody) async throws(GatewayRefusal) -> Response {
        let source = try admit(request)
        let wish = try await GatewayWish.read(request, body)
        if let source, let wait = allowance.take(source, now: mint.now()) {
            throw GatewayRefusal(429, "As many texts were sent as may be in an hour", retryAfter: wait)
        }
        do throws(SubmissionError) {
            let id = try await sender.send(wish.message, to: [wish.number])
            return .json(200, ["success": true, "status": "queued", "id": .string(id.description)])
        } catch {
            if let source { allowance.giveBack(source) }
            throw GatewayRefusal(error)
        }
    }

    /// Who calls, for the count of what they send; nil for the owner, who calls over the local socket.
    private func admit(_ request: Request) throws(GatewayRefusal) -> String? {
        if case .token(let name, _) = request.caller {
            guard request.caller.may(.send) else { throw GatewayRefusal(403, "The token lacks the scope send") }
            return "token \(name)"
        }
        guard case .network(let address) = request.source else { return nil }
        let verdict = key.map { guarding.judge(request.header("X-API-Key"), $0, from: request.source) } ?? .wrong(wait: nil)
        switch verdict {
        case .right: return IPAddress.countingKey(address)
        case .wrong(let wait?): throw GatewayRefusal(429, "Too many wrong keys", retryAfter: wait)
        case .wrong(nil): throw GatewayRefusal(401, "Unauthorized")
        }
    }
}
