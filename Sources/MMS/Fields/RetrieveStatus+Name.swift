extension RetrieveStatus {
    /// In words; nil for a code that is not assigned.
    public var name: String? {
        switch self {
        case .ok: "ok"
        case .transientFailure: "transient failure"
        case .transientMessageNotFound: "transient: message not found"
        case .transientNetworkProblem: "transient: network problem"
        case .permanentFailure: "permanent failure"
        case .permanentServiceDenied: "permanent: service denied"
        case .permanentMessageNotFound: "permanent: message not found"
        case .permanentContentUnsupported: "permanent: content unsupported"
        default: nil
        }
    }
}
