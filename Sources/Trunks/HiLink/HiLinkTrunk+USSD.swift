import Exchange
import Telephony

extension HiLinkTrunk: USSDTrunk {
    static let ussdPatience = Duration.seconds(60)
    static let ussdPause = Duration.seconds(1)
    /// As many as a minute has, whatever becomes of the clock in it.
    static let ussdLooks = 60

    /// Sends a code and waits for the network's words, a minute at most.
    func request(_ text: String) async throws(Failure) -> USSDAnswer {
        guard !isAskingNetwork else { throw Failure(.refused, "another request waits for its answer") }
        isAskingNetwork = true
        defer { isAskingNetwork = false }
        do {
            _ = try await link.post("api/ussd/send", [.text("content", text), .text("codeType", "CodeType"), .text("timeout", "")], repetition: .costly)
            return try await answer()
        } catch {
            throw error.failure
        }
    }

    func cancel() async throws(Failure) {
        do {
            _ = try await link.get("api/ussd/release")
        } catch {
            throw error.failure
        }
    }

    private func answer() async throws(RouterTrouble) -> USSDAnswer {
        let deadline = environment.now() + Self.ussdPatience
        for _ in 0..<Self.ussdLooks where environment.now() < deadline && !Task.isCancelled {
            try? await environment.pause(Self.ussdPause)
            do {
                let answer = try await link.get("api/ussd/get")
                return USSDAnswer(text: answer["content"]?.trimmed ?? "", expectsReply: await expectsReply())
            } catch {
                // Until the network has answered the router says that it has not.
                guard case .error(let refusal) = error, refusal.meaning == .networkSilent || refusal.meaning == .busy else { throw error }
            }
        }
        _ = try? await link.get("api/ussd/release")
        throw .away(Failure(.timeout, "the network gave no answer"))
    }

    /// `result` of `ussd/status`: 0 nothing, 1 an answer is awaited, 2 a reply is wanted.
    private func expectsReply() async -> Bool {
        (try? await link.get("api/ussd/status"))?.number("result") == 2
    }
}
