import Exchange
import HTTPStack
import Telephony

/// `DELETE /api/v1/lines/{line}/ussd`: ends a dialogue in which the network waits for a reply.
struct CancelUSSD: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.delete, "/api/v1/lines/{line}/ussd", access: .scope(.admin)) { request in
            let trunk = try desk.ussdTrunk(request.parameter("line"))
            do throws(Failure) {
                try await trunk.cancel()
                return .json(200, ["cancelled": true])
            } catch {
                throw Problem(error)
            }
        }
    }
}
