import Console
import EndpointSoftphone
import Files
import SIP
import Settings
import Telephony

extension DaemonSettings {
    /// How apps reach the SIP side; nil where there is no softphone endpoint. Throws `SettingsError` where its section is not understood.
    func phones() throws -> PhoneService? {
        guard var section = endpoints.first(where: { $0.kind == "softphone" })?.section else { return nil }
        let sip = try SoftphoneSettings(&section, certificate: houseFiles)
        let domain = sip.domain.text
        let codes = lines.compactMap { line in NumberPlan(country: line.country).map { (line.id, $0.callingCode) } }
        return PhoneService(
            domain: domain, host: sip.server?.description ?? http.publicURL.flatMap { Host($0.host)?.description } ?? sip.domain.description, ways: ways(sip), certificate: phoneCertificate,
            files: http.publicURL == nil ? nil : http.origin + FileLinks.path, callingCodes: Dictionary(codes, uniquingKeysWith: { $1 })
        ) { user, password in SIPCredentials(realm: domain, user: user, password: password) }
    }

    /// What the house's own certificate is to apps; one that a section names is taken for an authority's.
    var phoneCertificate: PhoneService.Certificate {
        if case .selfSigned = certificates?.way { .selfSigned } else { .vouched }
    }

    /// The safest that apps accept first, or the one that was asked for.
    private func ways(_ sip: SoftphoneSettings) -> [PhoneService.Way] {
        let safest: [PhoneService.Transport] = phoneCertificate == .selfSigned ? [.tcp, .udp, .tls] : [.tls, .tcp, .udp]
        let order = safest.filter { $0.rawValue == sip.transport?.rawValue } + safest.filter { $0.rawValue != sip.transport?.rawValue }
        return order.compactMap { transport in
            sip.agent.listen.first { $0.transport.rawValue == transport.rawValue }.map { PhoneService.Way(transport, port: $0.port) }
        }
    }
}
