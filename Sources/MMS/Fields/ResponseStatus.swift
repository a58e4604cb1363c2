/// X-Mms-Response-Status: what the carrier says to a message of ours (OMA-TS-MMS_ENC 1.3 §7.3).
public struct ResponseStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let ok = ResponseStatus(rawValue: 0x80)
    public static let unspecified = ResponseStatus(rawValue: 0x81)
    public static let serviceDenied = ResponseStatus(rawValue: 0x82)
    public static let messageFormatCorrupt = ResponseStatus(rawValue: 0x83)
    public static let sendingAddressUnresolved = ResponseStatus(rawValue: 0x84)
    public static let messageNotFound = ResponseStatus(rawValue: 0x85)
    public static let networkProblem = ResponseStatus(rawValue: 0x86)
    public static let contentNotAccepted = ResponseStatus(rawValue: 0x87)
    public static let unsupportedMessage = ResponseStatus(rawValue: 0x88)
    public static let transientFailure = ResponseStatus(rawValue: 0xC0)
    public static let transientSendingAddressUnresolved = ResponseStatus(rawValue: 0xC1)
    public static let transientMessageNotFound = ResponseStatus(rawValue: 0xC2)
    public static let transientNetworkProblem = ResponseStatus(rawValue: 0xC3)
    public static let transientPartialSuccess = ResponseStatus(rawValue: 0xC4)
    public static let permanentFailure = ResponseStatus(rawValue: 0xE0)
    public static let permanentServiceDenied = ResponseStatus(rawValue: 0xE1)
    public static let permanentMessageFormatCorrupt = ResponseStatus(rawValue: 0xE2)
    public static let permanentSendingAddressUnresolved = ResponseStatus(rawValue: 0xE3)
    public static let permanentMessageNotFound = ResponseStatus(rawValue: 0xE4)
    public static let permanentContentNotAccepted = ResponseStatus(rawValue: 0xE5)
    public static let permanentReplyChargingLimitationsNotMet = ResponseStatus(rawValue: 0xE6)
    public static let permanentReplyChargingRequestNotAccepted = ResponseStatus(rawValue: 0xE7)
    public static let permanentReplyChargingForwardingDenied = ResponseStatus(rawValue: 0xE8)
    public static let permanentReplyChargingNotSupported = ResponseStatus(rawValue: 0xE9)
    public static let permanentAddressHidingNotSupported = ResponseStatus(rawValue: 0xEA)
    public static let permanentLackOfPrepaid = ResponseStatus(rawValue: 0xEB)

    /// Trying again later may help. A code of these classes that is not known is to be treated as its class (§7.3).
    public var isTransient: Bool { self == .networkProblem || (0xC0...0xDF).contains(rawValue) }
    /// Neither accepted nor to be tried again.
    public var isPermanent: Bool { self != .ok && !isTransient }
}
