import Exchange

/// What a carrier wants of a phone that moves multimedia messages.
public struct CarrierProfile: Hashable, Sendable {
    /// As people know it.
    public var name: String
    /// The access point of the data context.
    public var apn: String
    public var user: String?
    public var password: String?
    /// The URL that PDUs are posted to; nil where nobody told.
    public var mmsc: String?
    public var proxy: ProxyAddress?
    /// Resolvers that the carrier names beside those the bearer tells, in numbers.
    public var resolvers: [String]
    /// What the MMSC takes us for: some convert media for phones they do not know.
    public var userAgent: String
    /// URL of the device's UAProf (WAP-248), sent as `x-wap-profile`.
    public var deviceProfile: String?
    public var headers: [CarrierHeader]
    public var limits: MultimediaLimits
    /// Where M-NotifyResp.ind and M-Acknowledge.ind are posted.
    public var acknowledgeTo: AcknowledgementTarget

    public enum AcknowledgementTarget: String, Hashable, Sendable, CaseIterable {
        case mmsc
        /// The notification's own address.
        case contentLocation = "content-location"
    }

    /// Some MMSCs convert what they send to phones they do not know, to the poorest there is.
    public static let ordinaryUserAgent = "Android-Mms/2.0"

    public init(
        name: String, apn: String, user: String? = nil, password: String? = nil, mmsc: String? = nil, proxy: ProxyAddress? = nil,
        resolvers: [String] = []
    ) {
        self.name = name
        self.apn = apn
        self.user = user
        self.password = password
        self.mmsc = mmsc
        self.proxy = proxy
        self.resolvers = resolvers
        userAgent = Self.ordinaryUserAgent
        deviceProfile = nil
        headers = []
        limits = .cautious
        acknowledgeTo = .mmsc
    }
}
