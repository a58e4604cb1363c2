import AT
import Exchange
import Runtime
import Telephony

extension ModemTrunk: TendedTrunk {
    public func probe() async throws(Failure) -> String {
        guard let serving else { throw Failure(.unreachable, health.summary) }
        guard await serving.perform(.attention).isOK else { throw Failure(.timeout, "the modem answers nothing") }
        await refreshNetwork(serving)
        let signal = health.facts["signal"].map { " Signal \($0)." } ?? ""
        return "The modem answers. \(health.summary)\(signal)"
    }

    public func restart() async throws(Failure) {
        guard let link else { throw Failure(.unreachable, health.summary) }
        mustRestart = true
        await link.close()
        unblocking.ring()
    }

    public func wantedPIN() async -> PINRequest? { status.phase.wantsPIN ? PINRequest(triesLeft: status.pinTries) : nil }

    /// Hands the PIN to the next look at the SIM, and waits for what comes of it. Nothing is tried that could be the SIM's last.
    public func enter(pin: String) async throws(Failure) {
        guard status.phase.wantsPIN else { throw Failure(.refused, "the SIM does not wait for a PIN") }
        guard (try? CommandArgument(pin: pin)) != nil else { throw Failure(.refused, "a PIN has 4 to 8 digits") }
        if status.pinTries == nil, case .blocked(.wrongPIN) = status.phase {
            throw Failure(.refused, "the SIM does not tell how many tries are left, and refused one before")
        }
        status.phase = .starting
        typedPIN = pin
        unblocking.ring()
        let end = environment.clock.now.advanced(by: Self.pinPatience)
        // Who asked may have gone away: then no pause lasts, and the modem must not wait for them.
        while status.phase == .starting, environment.clock.now < end, !Task.isCancelled { await wait(Self.pinPause) }
        guard case .blocked(let obstacle) = status.phase else { return }
        throw Failure(.refused, obstacle.sentenceOfTyped)
    }

    static let pinPatience = Duration.seconds(40)
    static let pinPause = Duration.milliseconds(250)
}

extension ModemStatus.Phase {
    fileprivate var wantsPIN: Bool {
        switch self {
        case .blocked(.pin), .blocked(.wrongPIN): true
        case .absent, .starting, .serving, .blocked: false
        }
    }
}

extension Obstacle {
    /// Of a PIN that somebody typed.
    fileprivate var sentenceOfTyped: String {
        switch self {
        case .wrongPIN(let left?): "the SIM refused this PIN; \(left) tries are left"
        case .wrongPIN(nil): "the SIM refused this PIN"
        case .pin(.failedBefore): "the SIM refused this PIN before, so it is not tried again"
        case .pin(.fewTries(let left)): "only \(left) tries are left, and the last is kept; enter it in a phone"
        case .pin, .puk, .simAbsent, .simFailed, .simLocked: sentence
        }
    }
}
