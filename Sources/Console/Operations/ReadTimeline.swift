import Exchange
import HTTPStack
import Telephony

/// `GET /api/v1/messages/{id}/timeline`: everything that happened to a message, oldest first.
struct ReadTimeline: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/messages/{id}/timeline", access: .scope(.read)) { request in
            _ = try request.queryParameters()
            let record = try await desk.message(request.parameter("id"))
            let entries = try await desk.ledger.timeline(record.message.id)
            return .json(200, ["entries": .array(entries.map { JSON($0) })])
        }
    }
}
