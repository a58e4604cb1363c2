import Wire

/// TP-FCS: why a TPDU is refused (3GPP TS 23.040 §9.2.3.22). Always 80 or above.
public struct FailureCause: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8

    /// Nil below 80: such an octet is a TP-PI.
    public init?(rawValue: UInt8) {
        guard rawValue >= 0x80 else { return nil }
        self.rawValue = rawValue
    }

    private init(_ rawValue: UInt8) {
        self.rawValue = rawValue
    }

    public static let telematicInterworkingNotSupported = FailureCause(0x80)
    public static let destinationBarred = FailureCause(0xC3)
    public static let memoryCapacityExceeded = FailureCause(0xD3)
    public static let simToolkitBusy = FailureCause(0xD4)
    public static let simDownloadError = FailureCause(0xD5)
    public static let unspecified = FailureCause(0xFF)

    /// Present when the next octet can be one.
    ///
    /// Only the layer below says whether a report accepts (no cause) or refuses. A TP-PI of 80 and above would announce an extension,
    /// and none is defined, so the octet alone decides.
    init?(decoding reader: inout OctetReader) {
        guard let next = reader.peek, let cause = FailureCause(rawValue: next) else { return nil }
        _ = try? reader.octet("failureCause")
        self = cause
    }
}
