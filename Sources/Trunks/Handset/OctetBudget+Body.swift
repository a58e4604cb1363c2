import HTTPStack

extension OctetBudget {
    /// Reads a body whole, of which only the whole tells whose it is, and gives it to `use`; a small one is held beside the budget. Throws 503
    /// while too much is being read, 413 and 408 as `RequestBody` does.
    func read<Value: Sendable>(_ body: RequestBody, from source: Source, _ use: ([UInt8]) async throws -> Value) async throws -> Value {
        var octets: [UInt8] = []
        var taken = 0
        defer { giveBack(taken, to: source) }
        try await body.read { piece in
            octets += piece
            guard octets.count > Self.small else { return }
            let more = octets.count - taken
            guard take(more, from: source) else { throw Problem(503, "unavailable", "Too much is being received; try again", retryAfter: 5) }
            taken += more
        }
        return try await use(octets)
    }
}
