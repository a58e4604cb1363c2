/// A request to send, from an app, the API or the command line.
public struct Submission: Hashable, Sendable {
    public let line: LineID
    public let sender: PersonID?
    public let recipients: [Address]
    public let parts: [Part]
    /// The same key is the same message, however often it comes. Scoped by its endpoint.
    public let idempotencyKey: String
    public let origin: Origin

    public init(line: LineID, sender: PersonID?, recipients: [Address], parts: [Part], idempotencyKey: String, origin: Origin) {
        self.line = line
        self.sender = sender
        self.recipients = recipients
        self.parts = parts
        self.idempotencyKey = idempotencyKey
        self.origin = origin
    }
}
