import Telephony

/// A trunk that its owner can look after from afar.
public protocol TendedTrunk: Sendable {
    /// Asks the device now; its words for a person. Throws when it does not answer.
    func probe() async throws(Failure) -> String
    /// Has the device start anew; returns when it was told to.
    func restart() async throws(Failure)
    /// The PIN that the SIM waits for; nil where it waits for none.
    func wantedPIN() async -> PINRequest?
    /// Tries a PIN once. Throws `refused` with the reason, also where trying it is too dangerous.
    func enter(pin: String) async throws(Failure)
}

/// That a SIM waits for its PIN.
public struct PINRequest: Hashable, Sendable {
    /// Wrong ones that the SIM still bears; nil where it does not tell.
    public let triesLeft: Int?

    public init(triesLeft: Int?) { self.triesLeft = triesLeft }
}
