import AT

/// Decides whether a PIN may be sent: three wrong ones lock a SIM card, and only its owner has the PUK.
enum PINGuard {
    enum Verdict: Equatable, Sendable {
        case send
        case refuse(Refusal)
    }

    enum Refusal: Equatable, Sendable {
        case noneConfigured
        /// The very PIN was refused before, also by an earlier run.
        case failedBefore
        case fewTries(Int)
        case malformed
    }

    static func verdict(pin: String?, tries: PINTries?, hasFailedBefore: Bool) -> Verdict {
        guard let pin else { return .refuse(.noneConfigured) }
        guard (try? CommandArgument(pin: pin)) != nil else { return .refuse(.malformed) }
        if hasFailedBefore { return .refuse(.failedBefore) }
        if let tries, tries.pin < 3 { return .refuse(.fewTries(tries.pin)) }
        return .send
    }
}

/// Remembers PINs that a SIM refused, so that no restart tries them again.
public protocol PINMemory: Sendable {
    /// Whether this PIN of this modem was sent and not accepted.
    func hasFailed(_ fingerprint: String) -> Bool
    /// To be called before the PIN is sent: a crash then counts as a failure.
    func willTry(_ fingerprint: String)
    /// The SIM did not refuse it.
    func forget(_ fingerprint: String)
}

extension PINGuard {
    /// Tells a PIN from another one of the same modem without being the PIN.
    static func fingerprint(of pin: String, modem: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for octet in "\(modem):\(pin)".utf8 {
            hash = (hash ^ UInt64(octet)) &* 0x0000_0100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}
