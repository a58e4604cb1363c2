/// The body of a request as it comes in: read once, piece by piece.
public struct RequestBody: Sendable {
    typealias Pieces = @Sendable (_ take: ([UInt8]) async throws -> Void) async throws -> Void

    private let limit: Int
    private let pieces: Pieces

    init(limit: Int, pieces: @escaping Pieces) {
        self.limit = limit
        self.pieces = pieces
    }

    /// One that is all there; for callers inside the process.
    init(_ octets: [UInt8], limit: Int) {
        self.init(limit: limit) { take in
            if !octets.isEmpty { try await take(octets) }
        }
    }

    /// The same, with something to be asked when the last piece was taken.
    func then(_ ask: @escaping @Sendable () async throws -> Void) -> RequestBody {
        RequestBody(limit: limit) { [pieces] take in
            try await pieces(take)
            try await ask()
        }
    }

    /// Gives every piece to `take`, the next when it has returned. Throws `Problem` 413 when the body is longer than the operation takes and
    /// 408 when it does not come in time.
    public func read(_ take: ([UInt8]) async throws -> Void) async throws {
        var count = 0
        try await pieces { piece in
            count += piece.count
            guard count <= limit else { throw Problem.tooLarge }
            try await take(piece)
        }
    }
}
