/// Paths whose request lines may be long.
struct LongTargets: Sendable {
    private let targets: [String: LongTarget]

    /// Octets that tell the path.
    static let tellingOctets = 256

    /// Nil where there are none.
    init?(_ targets: [String: LongTarget]) {
        guard !targets.isEmpty else { return nil }
        self.targets = targets
    }

    /// The longest of them, in octets.
    var furthest: Int { targets.values.map(\.limit).max() ?? 0 }

    /// What such a target may have; nil for one of a path that takes no long ones.
    func target(_ target: some StringProtocol) -> LongTarget? {
        targets[String(target.prefix { $0 != "?" })]
    }

    /// The same by a request's first octets, as long as they name such a path and its query has begun.
    func target(ofRequestBeginning octets: [UInt8]) -> LongTarget? {
        guard octets.starts(with: "GET /".utf8), let mark = octets.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        return target(String(decoding: octets[4..<mark], as: UTF8.self))
    }
}
