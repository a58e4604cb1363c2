/// Finds the profile of a SIM's carrier: the provider file, what we know beside it, and the line's own settings over both.
public struct CarrierDirectory: Sendable {
    public enum NotFound: Error, Hashable, Sendable {
        /// Nothing tells the MMSC of the SIM's network; the detail says why the list of carriers did not.
        case noMMSC(String)
    }

    private let file: ProviderFile

    public init(file: ProviderFile = ProviderFile()) {
        self.file = file
    }

    /// - Parameter imsi: the SIM's; nil where it is not known yet, and then only the settings count.
    public func profile(imsi: String?, settings: CarrierSettings) throws(NotFound) -> CarrierProfile {
        let (listed, why) = candidates(imsi: imsi)
        let chosen = settings.apn.flatMap { apn in listed.first { $0.apn.lowercased() == apn.lowercased() } } ?? listed.first
        var profile = chosen ?? CarrierProfile(name: "the carrier", apn: "")
        if let mmsc = settings.mmsc, mmsc != profile.mmsc {
            profile.mmsc = mmsc
            // The listed proxy leads to the listed message centre, not to another.
            profile.proxy = nil
        }
        CarrierAddition.known(for: profile)?.apply(to: &profile)
        profile = settings.applied(to: profile)
        guard profile.mmsc != nil else { throw .noMMSC(why) }
        return profile
    }

    private func candidates(imsi: String?) -> (profiles: [CarrierProfile], why: String) {
        guard let imsi else { return ([], "the SIM's network is not known yet") }
        let networks = NetworkCode.candidates(imsi: imsi)
        do {
            let profiles = try file.profiles(of: networks)
            return (profiles, "the list of carriers has none for \(networks.map(\.description).joined(separator: " or "))")
        } catch {
            return ([], "\(error)")
        }
    }
}

extension CarrierDirectory.NotFound: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noMMSC(let why): "The carrier's message centre is not known: set mmsc in the line's mms section. (\(why))"
        }
    }
}
