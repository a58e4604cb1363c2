import Exchange
import HTTPStack
import Logging
import Telephony

/// What a gateway calls: its words are durable before it hears that we have them.
struct ReceiveCallback: Sendable {
    let template: CallbackTemplate
    let gate: CallbackGuard
    let inbox: GatewayInbox
    let waiting: WaitingFiles
    let health: GatewayHealth
    let log: Logger
    /// Octets of those who have not proven themselves yet.
    private let budget = OctetBudget(limit: 8 * CallbackDocument.limit)

    func respond(_ request: Request, _ body: RequestBody) async throws -> Response {
        let request = request.with(body: try await body.whole(within: budget, from: request.source))
        if let refusal = gate.refusal(of: request) {
            if health.refusedCall(at: gate.mint.now()) {
                log.warning(
                    "a call was refused; if it was the gateway, look at callback-secret-file or public-key, and whether it calls at the address that we know",
                    metadata: ["line": "\(inbox.line)"])
            }
            throw refusal
        }
        budget.know(request.source)
        let readings: [CallbackReading]
        do {
            readings = try template.readings(of: request, pass: warn)
        } catch {
            warn(of: error)
            throw Problem.badRequest(error.reason)
        }
        for reading in readings { try await record(reading) }
        let answer = template.answer
        return Response(status: answer.status, contentType: answer.contentType, body: .octets(Array(answer.body.utf8)))
    }

    private func warn(of error: Unintelligible) {
        log.warning("a call of the gateway cannot be understood: \(error.reason)", metadata: ["line": "\(inbox.line)"])
    }

    private func record(_ reading: CallbackReading) async throws {
        switch reading {
        case .message(let message) where message.media.isEmpty: try await inbox.record(message)
        case .message(let message): try await waiting.keep(message)
        case .report(let report): try await inbox.record(report)
        case .nothing: break
        }
    }
}
