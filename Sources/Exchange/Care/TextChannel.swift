import Telephony

/// A text by a line that works.
public struct TextChannel: AlertChannel {
    private let submissions: Submissions
    /// The lines that may be used, the best first.
    private let lines: [LineID]
    private let recipients: [String]
    private let mint: Mint

    public var name: String { "text to \(recipients.count == 1 ? "a number" : "\(recipients.count) numbers")" }

    public init(submissions: Submissions, lines: [LineID], recipients: [String], mint: Mint) {
        self.submissions = submissions
        self.lines = lines
        self.recipients = recipients
        self.mint = mint
    }

    public func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async throws(Failure) -> AlertReach {
        guard !broken.contains(Vital.Place(.ledger)) else { throw Failure(.unreachable, "the ledger takes nothing") }
        guard let line = lines.first(where: { !broken.contains(Vital.Place(.line, $0.name)) }) else {
            throw Failure(.unreachable, "no other line works")
        }
        // Each a message of its own: owners are no group. One that is taken over is enough, lest it be told twice.
        var refusal: Failure?
        var taken = 0
        for recipient in recipients {
            let key = "alert/\(news.topic)/\(mint.identifier(Message.self))"
            do {
                let address = try submissions.address(recipient, line: line)
                _ = try await submissions.submit(
                    Submission(
                        line: line, sender: nil, recipients: [address], parts: [.text(news.words)], idempotencyKey: key,
                        origin: Origin(endpoint: .alerts, person: nil, reference: key)))
                taken += 1
            } catch {
                refusal = Failure(.refused, error.description)
            }
        }
        if taken == 0, let refusal { throw refusal }
        return .somebody
    }
}

extension EndpointID {
    /// The endpoint whose messages were written by alerts.
    static let alerts: EndpointID = "alerts"
}
