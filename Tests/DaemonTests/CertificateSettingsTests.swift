import ACME
import Certificates
import Settings
import Testing

@testable import Daemon

/// The section `certificates`, and what HTTP and SIP make of it.
struct CertificateSettingsTests {
    private func settings(_ certificates: String, http: String = "", endpoints: String = "") throws -> DaemonSettings {
        try DaemonSettings(yaml: "state: /s\ncountry: CH\nlines:\n  home:\n    trunk: loopback\ncertificates:\n\(certificates)\nhttp:\n  listen: 127.0.0.1:8443\n\(http)\(endpoints)")
    }

    private static let acme = "  names: [sms.example.org]\n  acme:\n    agreed: yes\n"

    @Test func `an authority needs names and your word, and is Let's Encrypt where nobody says`() throws {
        let settings = try settings(Self.acme)
        guard case .acme(let acme) = settings.certificates?.way else {
            Issue.record("no authority")
            return
        }
        #expect("\(acme.issuer.directory)" == "https://acme-v02.api.letsencrypt.org/directory")
        #expect(acme.issuer.names == ["sms.example.org"] && acme.issuer.challenge == .http && acme.door == .anywhere)
        #expect(settings.http.certificate == "/s/certificates/acme.pem" && settings.http.key == "/s/certificates/acme.pem")
    }

    @Test func `of three ways the written one is taken, or the one that is said`() throws {
        let own = "  certificate: /c\n  key: /k\n"
        #expect(try settings(own).houseFiles == CertificateFiles(chain: "/c", privateKey: "/k"))
        #expect(try settings("  names: [a.example.org, 192.0.2.1]\n").houseFiles?.chain == "/s/certificates/self-signed.pem")
        #expect(try settings(own + Self.acme).houseFiles?.chain == "/s/certificates/acme.pem")
        #expect(try settings("  from: files\n" + own + Self.acme).houseFiles?.chain == "/c")
        #expect(try settings("  from: self-signed\n" + own + Self.acme).houseFiles?.chain == "/s/certificates/self-signed.pem")
        #expect(try settings("").houseFiles == nil)
    }

    @Test func `a listener's own certificate goes before the house's, and plain is plain`() throws {
        #expect(try settings(Self.acme, http: "  certificate: /own\n  key: /ownkey\n").http.certificate == "/own")
        #expect(try settings(Self.acme, http: "  tls: no\n").http.certificate == nil)
        #expect(try DaemonSettings(yaml: "country: CH\nlines:\n  home:\n    trunk: loopback\n").http.certificate == nil)
    }

    @Test func `each certificate is looked at once, for all who show it`() throws {
        let sip = "endpoints:\n  softphone:\n    domain: sms.example.org\n    listen: [\"tls:0.0.0.0:5061\"]\n"
        let shown = ShownCertificate.all(try settings(Self.acme, http: "  public-url: https://web.example.org\n", endpoints: sip))
        #expect(shown.map(\.place) == ["certificate of http, softphone"])
        #expect(shown.first?.hosts == ["web.example.org", "sms.example.org"])
        #expect(ShownCertificate.all(try settings(Self.acme, http: "  tls: no\n")).map(\.place) == ["certificate of nobody yet"])
    }

    @Test(arguments: [
        ("  acme:\n    agreed: yes\n", "certificates.names"), ("  names: [a.example.org]\n  acme:\n    agreed: no\n", "certificates.acme"),
        ("  names: [a.example.org]\n  acme:\n    directory: letsencrypt\n", "certificates.acme"), ("  names: [home]\n  acme:\n    agreed: yes\n", "certificates.names"),
        ("  names: [a b]\n", "certificates.names"), ("  certificate: /c\n", "certificates.certificate"), ("  from: files\n", "certificates.from"),
        ("  from: self-signed\n", "certificates.from"), ("  from: luck\n", "certificates.from"), ("  nmaes: [a]\n", "certificates.nmaes"),
        (acme + "    directory: http://ca.example\n", "certificates.acme.directory"), (acme + "    contact: nobody\n", "certificates.acme.contact"),
        (acme + "    contact: [\"a@b\", \"c@d,e@f\"]\n", "certificates.acme.contact"), (acme + "    challenge: dns-01\n", "certificates.acme.challenge"),
        (acme + "    listen: \"80\"\n", "certificates.acme.listen"), (acme + "    listen: localhost:80\n", "certificates.acme.listen"),
        (acme + "    agred: yes\n", "certificates.acme.agred"), (acme + "    external-account:\n      id: x\n", "certificates.acme.external-account.id"),
        (acme + "    external-account:\n      id: x\n      key-file: /nowhere\n", "certificates.acme.external-account.key-file"),
        ("  names: [192.0.2.1]\n  acme:\n    agreed: yes\n    challenge: tls-alpn-01\n", "certificates.names"),
    ])
    func `a mistake is told with its path`(yaml: String, path: String) throws {
        let error = try #require(throws: SettingsError.self) { try settings(yaml) }
        #expect(error.path == path, "\(error)")
        #expect(!error.reason.isEmpty)
    }

    @Test func `a proof by TLS needs our listener to speak it`() throws {
        let tls = Self.acme + "    challenge: tls-alpn-01\n"
        #expect(try settings(tls).http.certificate != nil)
        for http in ["  tls: no\n", "  certificate: /c\n  key: /k\n"] {
            let error = try #require(throws: SettingsError.self) { try settings(tls, http: http) }
            #expect(error.path == "certificates.acme.challenge")
        }
    }
}
