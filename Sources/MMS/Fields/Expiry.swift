/// A point in time that a header field gives one way or the other: X-Mms-Expiry, X-Mms-Delivery-Time (OMA-TS-MMS_ENC 1.3 §7.3).
public enum Expiry: Hashable, Sendable {
    /// Seconds after the PDU was received or sent.
    case relative(seconds: Int64)
    /// Seconds since 1970, UTC.
    case absolute(secondsSince1970: Int64)
}
