/// X-Mms-Retrieve-Status: why a message can't be fetched (OMA-TS-MMS_ENC 1.3 §7.3). A message that came has none, or `ok`.
public struct RetrieveStatus: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let ok = RetrieveStatus(rawValue: 0x80)
    public static let transientFailure = RetrieveStatus(rawValue: 0xC0)
    public static let transientMessageNotFound = RetrieveStatus(rawValue: 0xC1)
    public static let transientNetworkProblem = RetrieveStatus(rawValue: 0xC2)
    public static let permanentFailure = RetrieveStatus(rawValue: 0xE0)
    public static let permanentServiceDenied = RetrieveStatus(rawValue: 0xE1)
    public static let permanentMessageNotFound = RetrieveStatus(rawValue: 0xE2)
    public static let permanentContentUnsupported = RetrieveStatus(rawValue: 0xE3)

    /// Trying again later may help. A code of these classes that is not known is to be treated as its class (§7.3).
    public var isTransient: Bool { (0xC0...0xDF).contains(rawValue) }
    /// Trying again is of no use.
    public var isPermanent: Bool { (0xE0...0xFF).contains(rawValue) }
}
