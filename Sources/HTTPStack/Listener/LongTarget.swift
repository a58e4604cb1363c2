/// How long a path's request line may be, for clients that send files in the query, and what holds it while it comes.
struct LongTarget: Sendable {
    /// Octets.
    let limit: Int
    let budget: OctetBudget
}
