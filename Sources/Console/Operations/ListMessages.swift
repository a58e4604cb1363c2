import Exchange
import HTTPStack
import Telephony

/// `GET /api/v1/messages?after=&limit=&line=`: messages, oldest first; `next` is the `after` of the next page.
struct ListMessages: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/messages", access: .scope(.read)) { request in
            let query = try request.queryParameters("after", "limit", "line")
            let limit = try PageLimit(query["limit"]).count
            let after = try query["after"].map { text throws(Problem) in
                guard let id = MessageID(text) else { throw .badRequest("Not a message id", field: "after") }
                return id
            }
            let lines = try query["line"].map { name throws(Problem) in [try desk.line(name, field: "line")] }
            let records = try await messages(after: after, limit: limit, lines: lines)
            var members: [JSON.Member] = [("messages", .array(records.map { JSON($0) }))]
            if records.count == limit, let last = records.last { members.append(("next", .string(last.message.id.description))) }
            return .json(200, .object(members))
        }
    }

    private func messages(after: MessageID?, limit: Int, lines: [LineID]?) async throws(Problem) -> [MessageRecord] {
        do {
            return try await desk.ledger.messages(after: after, limit: limit, lines: lines)
        } catch .conflict {
            throw .unprocessable("There is no such message", field: "after")
        } catch {
            throw Problem(error)
        }
    }
}
