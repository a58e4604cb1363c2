/// What a request of a gateway says.
enum CallbackReading: Hashable, Sendable {
    case message(FoundMessage)
    case report(FoundReport)
    /// It speaks of something that is not ours to know.
    case nothing
}
