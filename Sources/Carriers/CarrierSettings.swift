import Exchange
import Settings

/// What a line's configuration says of its carrier, key by key; what it leaves out comes from the list of carriers.
public struct CarrierSettings: Sendable {
    public var apn: String?
    public var user: String?
    public var password: String?
    public var mmsc: String?
    public var proxy: ProxyChoice?
    public var userAgent: String?
    public var deviceProfile: String?
    public var headers: [CarrierHeader] = []
    public var size: Int?
    public var image: ImageSize?
    public var recipients: Int?
    public var acknowledgeTo: CarrierProfile.AcknowledgementTarget?

    public enum ProxyChoice: Hashable, Sendable {
        /// None, whatever the list says.
        case direct
        case through(ProxyAddress)
    }

    /// Pixels.
    public struct ImageSize: Hashable, Sendable {
        public let width: Int
        public let height: Int

        public init(width: Int, height: Int) {
            self.width = width
            self.height = height
        }
    }

    public init() {}

    /// The profile with these settings laid over it.
    public func applied(to profile: CarrierProfile) -> CarrierProfile {
        var profile = profile
        if let apn { profile.apn = apn }
        if let user { profile.user = user }
        if let password { profile.password = password }
        if let mmsc { profile.mmsc = mmsc }
        switch proxy {
        case .direct: profile.proxy = nil
        case .through(let address): profile.proxy = address
        case nil: break
        }
        if let userAgent { profile.userAgent = userAgent }
        if let deviceProfile { profile.deviceProfile = deviceProfile }
        let named = Set(headers.map { $0.name.lowercased() })
        profile.headers = profile.headers.filter { !named.contains($0.name.lowercased()) } + headers
        if let size { profile.limits.size = size }
        if let image { (profile.limits.imageWidth, profile.limits.imageHeight) = (image.width, image.height) }
        if let recipients { profile.limits.recipients = recipients }
        if let acknowledgeTo { profile.acknowledgeTo = acknowledgeTo }
        return profile
    }
}
