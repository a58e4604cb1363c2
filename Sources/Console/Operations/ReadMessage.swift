import Exchange
import HTTPStack
import Telephony

/// `GET /api/v1/messages/{id}`: a message with its deliveries.
struct ReadMessage: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/messages/{id}", access: .scope(.read)) { request in
            _ = try request.queryParameters()
            let record = try await desk.message(request.parameter("id"))
            let deliveries = try await desk.ledger.deliveries(of: record.message.id)
            return .json(200, .object(JSON.members(of: record) + [("deliveries", .array(deliveries.map { JSON($0) }))]))
        }
    }
}
