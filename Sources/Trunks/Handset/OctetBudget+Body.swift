import HTTPStack

extension OctetBudget {
    /// Reads a body whole, of which only the whole tells whose it is, and gives it to `use`. Throws 503 while too much is being read, 413 and 408
    /// as `RequestBody` does.
    func read<Value: Sendable>(_ body: RequestBody, _ use: ([UInt8]) async throws -> Value) async throws -> Value {
        var octets: [UInt8] = []
        defer { giveBack(octets.count) }
        try await body.read { piece in
            guard take(piece.count) else { throw Problem(503, "unavailable", "Too much is being received; try again", retryAfter: 5) }
            octets += piece
        }
        return try await use(octets)
    }
}
