import Telephony

/// A retrieval with what came of it so far.
public struct RetrievalRecord: Hashable, Sendable {
    public let retrieval: Retrieval
    public let state: RetrievalState
    public let attempts: Int
    public let due: Instant
    public let failure: Failure?

    public init(retrieval: Retrieval, state: RetrievalState, attempts: Int, due: Instant, failure: Failure?) {
        self.retrieval = retrieval
        self.state = state
        self.attempts = attempts
        self.due = due
        self.failure = failure
    }
}

/// What is to be done now, and when there is more.
public struct DueRetrievals: Hashable, Sendable {
    public let records: [RetrievalRecord]
    public let nextDue: Instant?

    public init(records: [RetrievalRecord], nextDue: Instant?) {
        self.records = records
        self.nextDue = nextDue
    }
}

/// What became of an attempt to fetch a message, or to tell the carrier that it is here.
public enum RetrievalStep: Hashable, Sendable {
    /// Fetched: what the carrier gave is recorded with it, and the carrier is to be told now.
    case held(Receipt)
    /// The carrier knows, or need not, of what it announced under this name. Where it has announced it under another one meanwhile, it is to be
    /// told of that.
    case acknowledged(transaction: String)
    case deferred(Failure, until: Instant)
    /// Given up: expired, gone, or refused.
    case failed(Failure)
}
