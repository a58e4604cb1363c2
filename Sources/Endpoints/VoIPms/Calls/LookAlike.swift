import HTTPStack
import Telephony

/// `/voipms/api` as the seed bridge has it: sending alone, errors by the status of HTTP, and the query over the body. Who calls needs a name
/// and a password as everywhere, but for addresses of the house that the owner named.
struct LookAlike: Sendable {
    let service: VoIPms

    static let path = "/voipms/api"

    var routes: [Operation] {
        let budget = service.budget
        return [
            Operation(.get, Self.path, access: .own) { request in await respond(request, Form()) }.takingTargets(of: VoIPms.targetLimit, within: budget),
            Operation(.post, Self.path, access: .own, reading: VoIPms.bodyLimit) { request, body in
                let octets = try await body.whole(within: budget, from: request.source)
                // Another kind of body has no parameters for this; the query may.
                return await respond(request, (try? Form(body: octets, contentType: request.header("Content-Type"))) ?? Form())
            },
        ]
    }

    private func respond(_ request: Request, _ body: Form) async -> Response {
        guard let query = try? Form(query: request.query) else { return Self.error(400, "Missing method parameter") }
        let call = Call(body.merging(query), of: request)
        do throws(Answer) {
            return try await answer(call, request)
        } catch {
            return error.response
        }
    }

    /// What is said instead of success.
    private struct Answer: Error {
        let response: Response
    }

    private func answer(_ call: Call, _ request: Request) async throws(Answer) -> Response {
        guard let method = call["method"] else { throw Answer(response: Self.error(400, "Missing method parameter")) }
        let account = try account(of: call, request)
        switch method {
        case "sendSMS":
            guard let text = call["message"], let destination = call["dst"] else {
                throw Answer(response: Self.error(400, "Missing dst or message"))
            }
            return try await send([.text(text)], destination, call, account, named: "sms")
        case "sendMMS":
            guard let destination = call["dst"] else { throw Answer(response: Self.error(400, "Missing dst")) }
            return try await send(await parts(of: call), destination, call, account, named: "mms")
        default:
            throw Answer(response: Self.error(400, "Method \(method.prefix(64)) not supported by bridge"))
        }
    }

    private func account(of call: Call, _ request: Request) throws(Answer) -> Account {
        if request.isOwnWord(of: service.settings.openOn), call["api_username"] == nil, let first = service.settings.accounts.first { return first }
        do throws(Refusal) {
            return try service.account(of: call)
        } catch {
            throw Answer(response: Self.error(401, error.sentence ?? "Unauthorized"))
        }
    }

    /// The text, and of the files those that can be had.
    private func parts(of call: Call) async -> [Part] {
        var parts = call["message"].map { [Part.text($0)] } ?? []
        for (index, place) in MediaFetch.places.enumerated() {
            guard let text = call[place], let part = try? await service.media.part(of: text, number: index + 1) else { continue }
            parts.append(part)
        }
        return parts
    }

    private func send(_ parts: [Part], _ destination: String, _ call: Call, _ account: Account, named name: String) async throws(Answer) -> Response {
        do throws(Refusal) {
            let line = try await line(of: call, account)
            guard let recipient = service.recipient(destination, over: line) else { throw Refusal(.invalidDestination, "\(name): invalid dst") }
            let sent = try await service.send(parts, to: recipient, over: line, for: account, call)
            var response = Response.json(200, .object([("status", "success"), (name, .integer(sent.number))]))
            response.whenLost = sent.whenLost
            return response
        } catch {
            let isOurs = [.failed, .maintenance, .limitReached].contains(error.status)
            throw Answer(response: Self.error(isOurs ? 500 : 400, error.sentence ?? error.status.rawValue))
        }
    }

    /// The seed bridge knows one line and reads no `did`; where one is named that is ours it counts.
    private func line(of call: Call, _ account: Account) async throws(Refusal) -> LineID {
        if let did = call["did"], let line = await service.line(did, of: account) { return line }
        guard let first = account.lines.first else { throw Refusal(.invalidDID, "No line") }
        return first
    }

    private static func error(_ status: Int, _ text: String) -> Response {
        .json(status, .object([("status", "error"), ("error", .string(text))]))
    }
}
