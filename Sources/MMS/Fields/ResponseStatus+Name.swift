extension ResponseStatus {
    /// In words; nil for a code that is not assigned.
    public var name: String? {
        switch self {
        case .ok: "ok"
        case .unspecified: "unspecified"
        case .serviceDenied: "service denied"
        case .messageFormatCorrupt: "message format corrupt"
        case .sendingAddressUnresolved: "sending address unresolved"
        case .messageNotFound: "message not found"
        case .networkProblem: "network problem"
        case .contentNotAccepted: "content not accepted"
        case .unsupportedMessage: "unsupported message"
        case .transientFailure: "transient failure"
        case .transientSendingAddressUnresolved: "transient: sending address unresolved"
        case .transientMessageNotFound: "transient: message not found"
        case .transientNetworkProblem: "transient: network problem"
        case .transientPartialSuccess: "transient: partial success"
        case .permanentFailure: "permanent failure"
        case .permanentServiceDenied: "permanent: service denied"
        case .permanentMessageFormatCorrupt: "permanent: message format corrupt"
        case .permanentSendingAddressUnresolved: "permanent: sending address unresolved"
        case .permanentMessageNotFound: "permanent: message not found"
        case .permanentContentNotAccepted: "permanent: content not accepted"
        case .permanentReplyChargingLimitationsNotMet: "permanent: reply charging limitations not met"
        case .permanentReplyChargingRequestNotAccepted: "permanent: reply charging request not accepted"
        case .permanentReplyChargingForwardingDenied: "permanent: reply charging forwarding denied"
        case .permanentReplyChargingNotSupported: "permanent: reply charging not supported"
        case .permanentAddressHidingNotSupported: "permanent: address hiding not supported"
        case .permanentLackOfPrepaid: "permanent: lack of prepaid"
        default: nil
        }
    }
}
