import HTTPStack

/// What a call is answered with.
struct Reply: Sendable {
    let status: Status
    /// Behind the status.
    let members: [JSON.Member]
    /// Called when the caller had gone before it could read this.
    var whenLost: (@Sendable () -> Void)?

    init(_ members: [JSON.Member] = [], whenLost: (@Sendable () -> Void)? = nil) {
        status = .success
        self.members = members
        self.whenLost = whenLost
    }

    init(_ refusal: Refusal) {
        status = refusal.status
        members = refusal.sentence.map { [("message", .string($0))] } ?? []
    }

    var json: JSON { .object([("status", .string(status.rawValue))] + members) }
}
