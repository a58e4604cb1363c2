import NIOSSL
import Telephony

/// Whether a certificate and its key can be read, belong together and are in date.
enum CertificateCheck {
    static func finding(chain: String, key: String) -> Finding {
        do {
            let certificates = try NIOSSLCertificate.fromPEMFile(chain)
            guard let first = certificates.first else { return Finding("certificate", .bad, "\(chain) holds no certificate.") }
            let privateKey = try NIOSSLPrivateKey(file: key, format: .pem)
            _ = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey)))
            return finding(chain, until: Instant(seconds: Int64(first.notValidAfter)))
        } catch {
            return Finding(
                "certificate", .bad, "\(chain) and \(key) cannot be used: \(error)",
                advice: "Both are PEM files that belong together and that the daemon may read.")
        }
    }

    private static func finding(_ chain: String, until end: Instant) -> Finding {
        let days = (end - SystemClock().now()).wholeMilliseconds / 86_400_000
        switch days {
        case ..<0: return Finding("certificate", .bad, "\(chain) ended on \(CivilDate(end).rfc3339).", advice: "Renew it; Homeline reads it again by itself.")
        case 0..<14: return Finding("certificate", .warning, "\(chain) ends in \(days) days.", advice: "Renew it; Homeline reads it again by itself.")
        default: return Finding("certificate", .good, "\(chain) is good for \(days) days.")
        }
    }
}
