import HTTPStack

/// `GET /api/v1/support`: what helps somebody else to see what is wrong, as text, without secrets, numbers and texts.
struct ReadSupport: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/support", access: .scope(.admin)) { request in
            _ = try request.queryParameters()
            await desk.audit.note(.supportBundleTaken, by: request.caller, from: request)
            return .text(await desk.care.support())
        }
    }
}
