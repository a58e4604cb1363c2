extension Request {
    /// What the query and the body of a form say together; where a name is in both, the body's counts. Throws `Problem` 400 for what is no
    /// form, and what reading the body throws.
    public func form(_ body: RequestBody) async throws -> Form {
        let octets = try await body.whole()
        do throws(FormError) {
            return try Form(query: query).merging(Form(body: octets, contentType: header("Content-Type")))
        } catch {
            throw Problem.badRequest(error.description)
        }
    }
}

extension RequestBody {
    /// How long octets of a budget may be held by a body that is still coming.
    private static let patience: Duration = .seconds(120)

    /// All of it in memory: little, or of somebody who was admitted.
    public func whole() async throws -> [UInt8] {
        var octets: [UInt8] = []
        try await read { octets += $0 }
        return octets
    }

    /// All of it in memory. What is more than a few octets is taken from the budget until it has been read, because those who send it have
    /// not said yet who they are; throws `Problem` 503 when nothing is left of that, and 408 when it comes too slowly for that.
    public func whole(within budget: OctetBudget, from source: Source) async throws -> [UInt8] {
        var octets: [UInt8] = []
        var taken = 0
        let end = ContinuousClock.now + Self.patience
        defer { budget.giveBack(taken, to: source) }
        try await read { piece in
            octets += piece
            guard octets.count > OctetBudget.small else { return }
            guard ContinuousClock.now < end else { throw Problem.tooSlow }
            let more = octets.count - taken
            guard budget.take(more, from: source) else { throw Problem(503, "unavailable", "Too much is being sent at once", retryAfter: 5) }
            taken += more
        }
        return octets
    }
}
