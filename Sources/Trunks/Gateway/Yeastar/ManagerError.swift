/// Why what a gateway says is not taken.
struct ManagerError: Error, Hashable, Sendable {
    let reason: String
}
