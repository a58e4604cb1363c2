import AT
import Kinds

extension ModemTrunk {
    /// Gets the SIM ready, entering the PIN when the guard allows it. Nil when it is.
    func readySIM(_ link: ModemLink) async -> Obstacle? {
        for _ in 0..<Self.simPatience {
            switch await simState(link) {
            case .ready, .pin2, .puk2, .other: return nil
            case .pin: if let obstacle = await enterPIN(link) { return obstacle }
            case .puk: return .puk
            case .absent: return .simAbsent
            case .locked(let lock): return .simLocked(lock)
            case .failed(let reason): return .simFailed(reason)
            case .busy, nil: break
            }
            if Task.isCancelled { break }
            await wait(Self.simPause)
        }
        return .simFailed("it does not become ready")
    }

    private func simState(_ link: ModemLink) async -> SIMState? {
        let reply = await link.perform(.pinState)
        if let state = reply.texts.lazy.compactMap({ SIMState(line: $0) }).first { return state }
        guard case .result(.equipment(let error)) = reply.completion else { return nil }
        return SIMState(error: error)
    }

    /// Sends the PIN once, if at all. Nil when the SIM took it or has not made up its mind.
    private func enterPIN(_ link: ModemLink) async -> Obstacle? {
        let tries = await pinTries(link)
        status.pinTries = tries?.pin
        let typed = typedPIN
        typedPIN = nil
        let candidate = typed ?? settings.pin
        let attempt = SecretAttempt(candidate ?? "", of: status.facts.imei ?? status.place ?? "")
        let verdict = PINGuard.verdict(
            pin: candidate, tries: tries, hasFailedBefore: environment.refusedPINs.hasFailed(attempt), by: typed == nil ? .settings : .person)
        guard verdict == .send, let pin = candidate, let argument = try? CommandArgument(pin: pin) else {
            if case .refuse(let refusal) = verdict { return .pin(refusal) }
            return .pin(.malformed)
        }
        guard environment.refusedPINs.willTry(attempt) else { return .pin(.notNoted) }
        let reply = await link.perform(.enterPIN(argument))
        if reply.isOK {
            expectBanners()
            environment.refusedPINs.forget(attempt)
            return nil
        }
        if case .result(.equipment(let error)) = reply.completion, error.code == 14 {
            // A busy SIM has not judged it.
            environment.refusedPINs.forget(attempt)
            return nil
        }
        status.pinTries = await pinTries(link)?.pin
        return .wrongPIN(triesLeft: status.pinTries)
    }

    private func pinTries(_ link: ModemLink) async -> PINTries? {
        PINTries(lines: await link.perform(profile.pinTries.command).texts, form: profile.pinTries.form)
    }

    /// A SIM that opens and a radio that goes on make some modems say what they say at a start.
    func expectBanners() {
        bannersExpectedUntil = environment.clock.now.advanced(by: .seconds(15))
    }

    var expectsBanners: Bool {
        bannersExpectedUntil.map { environment.clock.now < $0 } ?? false
    }

    /// How often a SIM that is busy is asked, and how long it is left alone in between.
    static let simPatience = 15
    static let simPause = Duration.seconds(2)
}
