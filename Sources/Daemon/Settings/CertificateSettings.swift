import ACME
import Certificates
import HTTPStack
import Settings

/// The certificate that HTTP and SIP show where their own sections name none: whose it is and how it is had.
public struct CertificateSettings: Sendable {
    public enum Way: Sendable {
        /// Somebody else looks after them.
        case files(CertificateFiles)
        case selfSigned(names: [String])
        case acme(ACMESettings)
    }

    public let way: Way

    static let fromKey = Key.choice(
        "from",
        """
        Where the certificate comes from: files (certificate and key below), self-signed (made here; apps ask whether to trust it), or acme (an \
        authority such as Let's Encrypt). Left out, it is what else is written here.
        """,
        example: "acme", ["files": "files", "self-signed": "self-signed", "acme": "acme"])
    static let namesKey = Key.list(
        "names", "The host names by which phones reach this house, the first one foremost; for self-signed also addresses.", example: "[sms.example.org]")

    static let keys = [
        fromKey.documentation, namesKey.documentation, HTTPSettings.certificateKey.documentation, HTTPSettings.keyKey.documentation,
        KeyDoc.section("acme", "An authority that makes certificates by itself (RFC 8555), and how it is asked.", ACMESettings.keys),
    ]

    /// Nil for a section that says nothing. `names` of the certificate are checked where we have it made.
    init?(_ section: Section?) throws(SettingsError) {
        guard var section else { return nil }
        let from = try section.optional(Self.fromKey)
        let names = try section.value(Self.namesKey, default: [])
        let certificate = try section.optional(HTTPSettings.certificateKey), key = try section.optional(HTTPSettings.keyKey)
        let isAuthorityNamed = section.has("acme")
        let acme = try section.section("acme")
        let written = try ACMESettings.Written(acme ?? Section(emptyAt: "certificates.acme"))
        try section.finish()
        guard (certificate == nil) == (key == nil) else { throw section.error("certificate", "certificate and key go together") }
        if let bad = names.first(where: { !ServerName.isValid($0) }) { throw section.error("names", "\(bad) is no host name or address") }
        switch from ?? (isAuthorityNamed && !written.isEmpty ? "acme" : certificate != nil ? "files" : names.isEmpty ? "" : "self-signed") {
        case "acme": way = .acme(try ACMESettings(written, names: names, in: section))
        case "files":
            guard let certificate, let key else { throw section.error("from", "files needs certificate and key") }
            way = .files(CertificateFiles(chain: certificate, privateKey: key))
        case "self-signed":
            guard !names.isEmpty else { throw section.error("from", "self-signed needs names, such as [sms.example.org]") }
            way = .selfSigned(names: names)
        default: return nil
        }
    }

    /// Where the certificate lies.
    func files(in store: CertificateStore) -> CertificateFiles {
        switch way {
        case .files(let files): files
        case .selfSigned: store.selfSigned
        case .acme: store.authorised
        }
    }
}
