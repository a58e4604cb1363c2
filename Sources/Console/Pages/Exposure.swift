import HTTPStack

/// To whom the Console is shown.
public enum Exposure: String, Sendable, CaseIterable {
    /// To everybody where the listener is encrypted, else to this machine alone.
    case guarded
    /// To everybody, on a network that the owner calls their own.
    case open
    case off

    func admits(_ source: Source, over transport: Transport) -> Bool {
        switch self {
        case .off: return false
        case .open: return true
        case .guarded:
            guard transport == .plain, case .network(let address) = source else { return true }
            return IPAddress(address)?.isLoopback ?? false
        }
    }
}
