import Exchange
import Telephony

/// Sends what an API of others was asked to send, over the first line its endpoint serves.
public struct LineSender: Sendable {
    public let line: ServedLine
    private let context: EndpointContext

    /// Nil where the endpoint serves no line.
    public init?(_ context: EndpointContext) {
        guard let line = context.lines.first else { return nil }
        self.line = line
        self.context = context
    }

    /// The addresses that somebody typed, each by the line's country.
    public func addresses(_ texts: [String]) throws(SubmissionError) -> [Address] {
        var addresses: [Address] = []
        for text in texts { addresses.append(try context.submissions.address(text, line: line.id)) }
        return addresses
    }

    /// Sends, to each of several recipients by itself; what it returned from is durable. Without a key every call is a message of its own.
    ///
    /// - Parameter note: what the endpoint wants to find again with news of the message.
    public func send(_ parts: [Part], to recipients: [Address], key: String? = nil, note: String = "") async throws(SubmissionError) -> MessageID {
        let key = key ?? context.mint.identifier(Submission.self).description
        let submission = Submission(
            line: line.id, sender: nil, recipients: recipients, parts: parts, idempotencyKey: key,
            origin: Origin(endpoint: context.id, person: nil, reference: note.isEmpty ? key : "\(key) \(note)"), company: .apart)
        return try await context.submissions.submit(submission).message
    }

    public func send(_ text: String, to recipients: [String]) async throws(SubmissionError) -> MessageID {
        try await send([.text(text)], to: try addresses(recipients))
    }
}
