import Kinds

extension HiLinkTrunk {
    /// What stands between the SIM and its service, after the PIN was entered where that is safe. Nil when nothing does.
    func readySIM() async throws(RouterTrouble) -> Obstacle? {
        guard let answer = try await ask("api/pin/status") else { return nil }
        let state = PINState(answer)
        guard case .pin(let tries) = state.need else { return state.obstacle }
        guard let pin = settings.pin else { return .pin(.noneConfigured) }
        let attempt = SecretAttempt(pin, of: "SIM of \(settings.address.host)")
        guard !environment.refused.hasFailed(attempt) else { return .pin(.failedBefore) }
        if let tries, tries < PINState.fewestTries { return .pin(.fewTries(tries)) }
        // From here on a crash counts as a refusal.
        guard environment.refused.willTry(attempt) else { return .pin(.notNoted) }
        do {
            _ = try await link.post(
                "api/pin/operate", [.text("OperateType", "0"), .text("CurrentPin", pin), .text("NewPin", ""), .text("PukCode", "")])
        } catch {
            guard case .error(let refusal) = error else { throw error }
            if refusal.meaning == .busy {
                // A busy router has not asked the SIM.
                environment.refused.forget(attempt)
                throw error
            }
            return .wrongPIN(triesLeft: try await ask("api/pin/status").flatMap { PINState($0).triesLeft })
        }
        environment.refused.forget(attempt)
        return nil
    }
}
