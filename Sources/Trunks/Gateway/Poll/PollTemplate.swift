import HTTPStack

/// How a gateway without callbacks is asked for texts.
struct PollTemplate: Sendable {
    /// How the list is sorted; what came first goes on first.
    enum Order: String, Sendable, CaseIterable {
        case oldestFirst = "oldest-first"
        case newestFirst = "newest-first"
    }

    var request: RequestTemplate
    /// The list in the answer.
    var items: JSONPath
    var fields: MessageFields
    var answer = PollAnswer()
    var order = Order.oldestFirst
    /// Deletes one that is durable here; its name is `{item}`. Nil where the gateway keeps them: then the list is of days, not of years.
    var delete: RequestTemplate?
    /// Nil where only the line's settings can turn it on.
    var every: Duration?
}
