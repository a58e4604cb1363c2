import Exchange
import HTTPStack

extension Problem {
    /// Why what an API of ours was asked to send was not taken.
    public init(sending error: SubmissionError, field: String) {
        switch error {
        case .ledger(let error): self.init(error)
        case .queueFull: self.init(503, "queue_full", error.description, retryAfter: SubmissionError.queuePause)
        case .refused: self.init(422, "refused", error.description, field: field)
        case .unknownLine, .noRecipients, .badRecipient, .empty, .tooLarge: self = .unprocessable(error.description, field: field)
        }
    }
}
