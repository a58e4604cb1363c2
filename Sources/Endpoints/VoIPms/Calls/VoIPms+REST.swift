import HTTPStack

/// `/api/v1/rest.php`: whatever comes of a call, the answer is 200, and its status says the rest. Programs read nothing else.
extension VoIPms {
    /// Octets of a request line, for programs that send files in the query.
    static let targetLimit = 4 * 1024 * 1024
    /// Octets of a body: three files in base64.
    static let bodyLimit = 3 * MediaFetch.limit * 4 / 3 + 100_000
    /// What strangers' bodies and request lines may hold together, in octets.
    static let bodyBudget = 64 * 1024 * 1024

    var restRoutes: [Operation] {
        let budget = budget
        return [
            Operation(.get, "/api/v1/rest.php", access: .own) { [self] request in
                await rest(request) { Form() }
            }.takingTargets(of: Self.targetLimit, within: budget),
            Operation(.post, "/api/v1/rest.php", access: .own, reading: Self.bodyLimit) { [self] request, body in
                let octets = try await body.whole(within: budget, from: request.source)
                return await rest(request) { () throws(FormError) in try Form(body: octets, contentType: request.header("Content-Type")) }
            },
        ]
    }

    /// What the body says counts over the query.
    private func rest(_ request: Request, _ body: () throws(FormError) -> Form) async -> Response {
        let form: Form
        do throws(FormError) {
            form = try Form(query: request.query).merging(body())
        } catch {
            return Reply(Refusal(.missingMethod, error.description)).response
        }
        return await answer(Call(form, of: request)).response
    }
}

extension Reply {
    var response: Response {
        var response = Response.json(200, json)
        response.whenLost = whenLost
        return response
    }
}
