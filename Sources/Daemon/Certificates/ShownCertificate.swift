import Certificates
import EndpointSoftphone
import HTTPStack
import Telephony

/// A certificate that a listener of ours shows, and the names by which people reach that listener.
struct ShownCertificate: Sendable {
    /// `http`, `sip`, or both by the house's one.
    let place: String
    let files: CertificateFiles
    let hosts: [String]

    /// Each certificate once.
    static func all(_ settings: DaemonSettings) -> [ShownCertificate] {
        var shown: [(files: CertificateFiles, places: [String], hosts: [String])] = []
        func add(_ files: CertificateFiles, _ place: String, _ host: String?) {
            let index = shown.firstIndex { $0.files == files } ?? shown.endIndex
            if index == shown.endIndex { shown.append((files, [], [])) }
            shown[index].places.append(place)
            if let host, !shown[index].hosts.contains(host) { shown[index].hosts.append(host) }
        }
        if settings.http.listen != nil, let certificate = settings.http.certificate, let key = settings.http.key {
            let url = settings.http.publicURL
            add(CertificateFiles(chain: certificate, privateKey: key), "http", url?.scheme == .https ? url?.host : nil)
        }
        for endpoint in settings.endpoints where endpoint.kind == "softphone" {
            var section = endpoint.section
            guard let softphone = try? SoftphoneSettings(&section, certificate: settings.houseFiles), let files = softphone.agent.certificate else { continue }
            let isTLS = softphone.agent.listen.contains { $0.transport == .tls }
            add(files, endpoint.id.name, isTLS ? softphone.domain.text : nil)
        }
        if let files = settings.houseFiles, !shown.contains(where: { $0.files == files }) { shown.append((files, ["nobody yet"], [])) }
        return shown.map { ShownCertificate(place: "certificate of " + $0.places.joined(separator: ", "), files: $0.files, hosts: $0.hosts) }
    }

    func finding(now: Instant) -> CertificateFinding { .about(files, servingAs: hosts, now: now) }

    /// What clients may not like is a fact; what no client takes is a fault.
    func health(now: Instant) -> Health {
        let finding = finding(now: now)
        var facts = ["names": finding.names.joined(separator: ", ")]
        facts["ends"] = finding.end.map { CivilDate($0).rfc3339 }
        facts["advice"] = finding.advice
        switch finding.verdict {
        case .good: return Health(.working, finding.sentence, facts: facts)
        case .bad: return Health(.down, [finding.sentence, finding.advice ?? ""].joined(separator: " "), facts: facts)
        case .doubtful:
            facts["warning"] = finding.sentence
            return Health(finding.isEnding ? .impaired : .working, [finding.sentence, finding.advice ?? ""].joined(separator: " "), facts: facts)
        }
    }
}
