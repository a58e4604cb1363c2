import AT
import Telephony

/// What the modem's answer to a submission means for the message.
enum SendingOutcome: Equatable, Sendable {
    /// The network took the segment; `reference` is the modem's, nil where it told none.
    case accepted(reference: UInt8?)
    case settled(Outcome)
    /// The storage is full; once it is emptied the segment may leave.
    case storageFull

    init(_ reply: Reply) {
        switch reply.completion {
        case .result(.ok):
            self = .accepted(reference: reply.texts.lazy.compactMap(MessageReference.init).first?.value)
        case .result(.message(let error)):
            self = error.code == 322 ? .storageFull : Self.failed(.cms(error.code ?? 500), error.meaning)
        case .result(.equipment(let error)):
            self = Self.failed(.cme(error.code ?? 100), error.meaning)
        case .result(.notSupported):
            self = Self.failed(.cms(303), "operation not supported")
        case .result:
            self = Self.failed(.cms(500), "unknown error")
        case .timedOut(.submitted), .disconnected(.submitted):
            self = .settled(.inDoubt(Failure(.lostAnswer)))
        case .timedOut:
            self = .settled(.deferred(Failure(.timeout, "the modem showed no prompt"), until: nil))
        case .disconnected:
            self = .settled(.deferred(Failure(.unreachable, "the modem went away"), until: nil))
        case .abandoned:
            self = .settled(.deferred(Failure(.timeout, "the send could not be noted"), until: nil))
        case .refused:
            self = .settled(.deferred(Failure(.timeout, "the modem was busy"), until: nil))
        }
    }

    /// What the operator must mend first is not given up: it waits like what mends itself, and the owner is told.
    private static func failed(_ cause: Cause, _ detail: String) -> SendingOutcome {
        let failure = Failure(cause, detail)
        switch failure.disposition {
        case .retry, .needsOperator: return .settled(.deferred(failure, until: nil))
        case .permanent: return .settled(.failed(failure))
        case .inDoubt: return .settled(.inDoubt(failure))
        }
    }
}
