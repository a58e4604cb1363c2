import AT
import Exchange
import Runtime
import Telephony

extension ModemTrunk: USSDTrunk {
    /// Sends a string and waits for the network's words, a minute at most.
    public func request(_ text: String) async throws(Failure) -> Exchange.USSDAnswer {
        guard let link = serving else { throw Failure(.unreachable, health.summary) }
        guard !ussd.isWaiting else { throw Failure(.refused, "another request waits for its answer") }
        ussd.begin()
        let sent = await write(text, over: link)
        if let failure = sent {
            _ = ussd.end()
            throw failure
        }
        let deadline = environment.clock.now.advanced(by: Self.ussdPatience)
        // In a task that was cancelled no wait lasts.
        while ussd.answer == nil, environment.clock.now < deadline, !Task.isCancelled, !(await link.hasEnded) {
            await ussd.signal.wait(until: deadline, clock: environment.clock)
        }
        guard let answer = ussd.end() else {
            _ = await link.perform(.cancelUSSD)
            throw Failure(.timeout, "the network gave no answer")
        }
        return try Self.interpret(answer)
    }

    public func cancel() async throws(Failure) {
        guard let link = serving else { throw Failure(.unreachable, health.summary) }
        _ = await link.perform(.cancelUSSD)
        _ = ussd.end()
    }

    /// Tries the writing that worked last, then the others; nil when the modem took one.
    private func write(_ text: String, over link: ModemLink) async -> Failure? {
        let first = ussd.writing ?? profile.ussd
        var failure = Failure(.refused, "the text has characters that USSD lacks")
        for writing in [first] + USSDWriting.allCases.filter({ $0 != first }) {
            guard let encoded = try? writing.encode(text), let argument = try? CommandArgument(quoting: encoded.string) else { continue }
            let reply = await link.perform(.ussd(argument, coding: encoded.coding))
            switch reply.completion {
            case .result(.ok):
                ussd.writing = writing
                return nil
            case .result(.equipment(let error)):
                failure = Failure(.cme(error.code ?? 100), error.meaning)
            case .result:
                failure = Failure(.refused, "the modem does not take it")
            case .timedOut, .disconnected, .abandoned, .refused:
                return Failure(.timeout, "the modem gave no answer")
            }
        }
        return failure
    }

    private static func interpret(_ answer: AT.USSDAnswer) throws(Failure) -> Exchange.USSDAnswer {
        let text = USSDWriting.decode(answer.string ?? "", coding: answer.coding)
        switch answer.status {
        case .done, .other: return Exchange.USSDAnswer(text: text, expectsReply: false)
        case .replyWanted: return Exchange.USSDAnswer(text: text, expectsReply: true)
        case .endedByNetwork:
            guard text.isEmpty else { return Exchange.USSDAnswer(text: text, expectsReply: false) }
            throw Failure(.refused, "the network ended the dialogue")
        case .answeredElsewhere: throw Failure(.refused, "another program of the modem answered")
        case .notSupported: throw Failure(.refused, "the network does not know this code")
        case .timedOut: throw Failure(.timeout, "the network gave no answer")
        }
    }

    static let ussdPatience = Duration.seconds(60)
}
