/// An access point with an MMSC, as the provider file lists it.
struct ProviderEntry: Hashable, Sendable {
    var provider = ""
    /// The network's own operator, not one that rents it.
    var isPrimary = false
    var networks: [NetworkCode] = []
    var apn = ""
    var usage = ""
    var user: String?
    var password: String?
    var resolvers: [String] = []
    var mmsc: String?
    var proxy: String?

    /// The better the lower: the operator's own before a guest's, an access point for MMS before one for everything. Who owns networks
    /// lists many codes; a guest lists the few it rents.
    var rank: Int {
        (isPrimary ? 0 : 1000) - min(networks.count, 400) * 2 + (usage.contains("mms") ? 0 : 1)
    }

    var profile: CarrierProfile {
        CarrierProfile(
            name: provider, apn: apn, user: user, password: password, mmsc: mmsc, proxy: proxy.flatMap { ProxyAddress($0) }, resolvers: resolvers)
    }
}
