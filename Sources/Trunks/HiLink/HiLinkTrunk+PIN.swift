import Kinds

extension HiLinkTrunk {
    /// What stands between the SIM and its service, after the PIN was entered where that is safe. Nil when nothing does.
    func readySIM() async throws(RouterTrouble) -> Obstacle? {
        guard let answer = try await ask("api/pin/status") else { return nil }
        let state = PINState(answer)
        settleDoubt(by: state)
        guard case .pin(let tries) = state.need else { return state.obstacle }
        guard let pin = settings.pin else { return .pin(.noneConfigured) }
        let attempt = SecretAttempt(pin, of: "SIM of \(settings.address.host)")
        guard !environment.refused.hasFailed(attempt) else { return .pin(.failedBefore) }
        if let tries, tries < PINState.fewestTries { return .pin(.fewTries(tries)) }
        // From here on a crash counts as a refusal.
        guard environment.refused.willTry(attempt) else { return .pin(.notNoted) }
        do {
            _ = try await link.post(
                "api/pin/operate", [.text("OperateType", "0"), .text("CurrentPin", pin), .text("NewPin", ""), .text("PukCode", "")], repetition: .costly)
        } catch {
            if case .error(let refusal) = error, refusal.mayComeFromSIM {
                return .wrongPIN(triesLeft: try await ask("api/pin/status").flatMap { PINState($0).triesLeft })
            }
            if error.isRefusal {
                // It has not come to the SIM.
                environment.refused.forget(attempt)
            } else {
                pinInDoubt = (attempt, tries)
            }
            throw error
        }
        environment.refused.forget(attempt)
        return nil
    }

    /// A PIN whose answer was lost: the SIM that is open has taken it, and one that allows as many wrong ones as before has not seen it.
    private func settleDoubt(by state: PINState) {
        guard let doubt = pinInDoubt else { return }
        switch state.need {
        case .sim: return
        case .nothing: environment.refused.forget(doubt.attempt)
        case .pin(let tries): if let tries, tries == doubt.tries { environment.refused.forget(doubt.attempt) }
        case .puk: break
        }
        pinInDoubt = nil
    }
}

extension RouterError {
    /// Whether it may be what the SIM says of a PIN. A router that is busy, or starting, or that wants another session has not asked it.
    fileprivate var mayComeFromSIM: Bool {
        switch meaning {
        case .busy, .notSupported, .loginNeeded, .staleSession: false
        default: true
        }
    }
}
