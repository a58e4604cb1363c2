import Exchange
import HTTPStack
import Kinds

extension SeedRefusal {
    init(_ error: SubmissionError) {
        switch error {
        case .ledger, .queueFull: self.init(503, "Messages cannot be stored right now", retryAfter: SubmissionError.queuePause)
        case .badRecipient: self.init(400, "That is no telephone number")
        case .unknownLine, .noRecipients, .empty, .tooLarge, .refused: self.init(400, error.description)
        }
    }

    init(_ problem: Problem) {
        self.init(problem.status, problem.message, retryAfter: problem.retryAfter)
    }
}
