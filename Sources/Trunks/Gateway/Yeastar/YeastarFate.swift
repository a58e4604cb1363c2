/// What became of an order.
enum YeastarFate: Hashable, Sendable {
    case sent
    case refused(String)
    /// The gateway did not answer the command.
    case unanswered
}
