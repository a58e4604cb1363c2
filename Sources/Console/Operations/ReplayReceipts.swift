import Exchange
import HTTPStack

/// `POST /api/v1/replay`: has receipts that could not be decoded looked at again.
struct ReplayReceipts: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.post, "/api/v1/replay", access: .scope(.admin)) { request in
            let count = try await desk.ledger.replayUndecodable()
            desk.wakeIntake()
            if count > 0 { await desk.audit.note(.troubleSettled, by: request.caller, from: request, about: "replay") }
            return .json(200, ["replayed": .integer(Int64(count))])
        }
    }
}
