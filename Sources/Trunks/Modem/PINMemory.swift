/// A PIN to be sent to a modem.
public struct PINAttempt: Hashable, Sendable {
    public let pin: String
    /// The modem's IMEI, or its place where it tells none.
    public let modem: String

    public init(pin: String, modem: String) {
        self.pin = pin
        self.modem = modem
    }
}

/// Remembers PINs that a SIM refused, so that no restart tries them again.
public protocol PINMemory: Sendable {
    /// Whether this PIN of this modem was sent and not accepted.
    func hasFailed(_ attempt: PINAttempt) -> Bool
    /// To be called before the PIN is sent: a crash then counts as a failure. False when it cannot be remembered; then nothing may be sent.
    func willTry(_ attempt: PINAttempt) -> Bool
    /// The SIM did not refuse it.
    func forget(_ attempt: PINAttempt)
}
