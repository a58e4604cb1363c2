import Exchange
import HTTPStack

/// `POST /api/v1/replay`: has receipts that could not be decoded looked at again.
struct ReplayReceipts: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.post, "/api/v1/replay", access: .scope(.admin)) { _ in
            let count = try await desk.ledger.replayUndecodable()
            desk.wakeIntake()
            return .json(200, ["replayed": .integer(Int64(count))])
        }
    }
}
