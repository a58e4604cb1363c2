/// A text on its way to the gateway.
struct YeastarOrder: Hashable, Sendable {
    /// A number of ours for it, in digits.
    let id: String
    let number: String
    let text: String
}
