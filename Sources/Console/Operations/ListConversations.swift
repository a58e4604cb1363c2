import Exchange
import HTTPStack
import Telephony

/// `GET /api/v1/conversations?limit=&line=`: who is being written with, the latest first.
struct ListConversations: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/conversations", access: .scope(.read)) { request in
            let query = try request.queryParameters("limit", "line")
            let limit = try PageLimit(query["limit"]).count
            let lines = try query["line"].map { name throws(Problem) in [try desk.line(name, field: "line")] }
            let conversations = try await desk.ledger.conversations(limit: limit, lines: lines)
            return .json(200, ["conversations": .array(conversations.map { JSON($0) })])
        }
    }
}
