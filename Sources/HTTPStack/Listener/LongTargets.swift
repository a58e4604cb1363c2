/// Paths whose request lines may be long, for clients that send files in the query, and what all of them may hold together.
struct LongTargets: Sendable {
    /// Octets of request line by path.
    private let limits: [String: Int]
    let budget: OctetBudget

    /// Octets of all the long request lines that are on their way.
    private static let together = 32 * 1024 * 1024
    /// Octets that tell the path.
    static let tellingOctets = 256

    /// Nil where there are none.
    init?(_ limits: [String: Int]) {
        guard !limits.isEmpty else { return nil }
        self.limits = limits
        budget = OctetBudget(limit: Self.together)
    }

    /// The longest of them, in octets.
    var furthest: Int { limits.values.max() ?? 0 }

    /// How long the request line of such a target may be; nil for one of a path that takes none.
    func limit(ofTarget target: some StringProtocol) -> Int? {
        limits[String(target.prefix { $0 != "?" })]
    }

    /// The same by a request's first octets, as long as they name such a path and its query has begun.
    func limit(ofRequestBeginning octets: [UInt8]) -> Int? {
        guard octets.starts(with: "GET /".utf8), let mark = octets.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        return limit(ofTarget: String(decoding: octets[4..<mark], as: UTF8.self))
    }
}
