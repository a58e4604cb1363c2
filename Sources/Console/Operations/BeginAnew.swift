import HTTPStack

/// `POST /api/v1/restart`: has the daemon read its configuration and begin anew.
struct BeginAnew: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.post, "/api/v1/restart", access: .scope(.admin)) { request in
            guard let installation = desk.installation else { throw Problem.notFound("This daemon does not begin anew by itself") }
            do {
                try installation.beginAnew()
            } catch {
                throw Problem.unprocessable("The configuration does not hold: \(error)")
            }
            await desk.audit.note(.restarted, by: request.caller, from: request)
            return .json(202, ["restarting": true])
        }
    }
}
