/// What the provider file does not say of a carrier: limits, headers, habits. Found by the host of the MMSC, which networks that
/// rent another's share.
struct CarrierAddition: Sendable {
    let host: String
    var size: Int?
    var userAgent: String?
    var headers: [CarrierHeader] = []

    func apply(to profile: inout CarrierProfile) {
        if let size { profile.limits.size = size }
        if let userAgent { profile.userAgent = userAgent }
        profile.headers += headers
    }

    static func known(for profile: CarrierProfile) -> CarrierAddition? {
        guard let host = profile.mmsc.flatMap(hostName) else { return nil }
        return known.first { $0.host == host }
    }

    private static func hostName(of url: String) -> String? {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        return url[scheme.upperBound...].prefix { $0 != "/" && $0 != ":" && $0 != "?" }.lowercased()
    }
}
