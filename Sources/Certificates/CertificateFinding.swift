import Telephony

/// What is to be said of a certificate: that it is good and until when, or what is wrong with it and what to do.
public struct CertificateFinding: Hashable, Sendable {
    public enum Verdict: Hashable, Sendable {
        case good
        /// Some clients will refuse it, or soon will.
        case doubtful
        /// It cannot be used, or no client will take it.
        case bad
    }

    public let verdict: Verdict
    public let sentence: String
    /// Nil where nothing is to be done.
    public let advice: String?
    /// Nil where it could not be read.
    public let end: Instant?
    public let names: [String]
    /// Whether what is doubtful is that it ends soon.
    public var isEnding = false

    /// Reads the files and looks at everything that clients look at. `hosts` are the names that people reach us by.
    public static func about(_ files: CertificateFiles, servingAs hosts: [String], now: Instant) -> CertificateFinding {
        do throws(CertificateFault) {
            _ = try ServerIdentity(files)
            guard let chain = try? CertificateChain(pem: try PEMFile.read(files.chain)) else { throw .noCertificate(file: files.chain) }
            return about(chain, of: files, hosts, now)
        } catch {
            return CertificateFinding(verdict: .bad, sentence: "\(error).", advice: error.advice, end: nil, names: [])
        }
    }

    private static func about(_ chain: CertificateChain, of files: CertificateFiles, _ hosts: [String], _ now: Instant) -> CertificateFinding {
        let file = files.chain, end = CivilDate(chain.end).rfc3339
        func finding(_ verdict: Verdict, _ sentence: String, _ advice: String?) -> CertificateFinding {
            CertificateFinding(verdict: verdict, sentence: sentence, advice: advice, end: chain.end, names: chain.names)
        }
        if now >= chain.end { return finding(.bad, "\(file) ended on \(end).", renew) }
        if now < chain.begin {
            return finding(.bad, "\(file) begins only on \(CivilDate(chain.begin).rfc3339).", "Look at this machine's clock, or wait.")
        }
        if let gap = chain.firstGap {
            return finding(
                .doubtful, "The chain in \(file) is broken: certificate \(gap.position) (\(gap.subject)) names \(gap.issuer) as its issuer, and \(gap.follower) follows.",
                "Put the certificate of your name first, then the issuer of each; renewal tools call that file fullchain.pem.")
        }
        if let host = hosts.first(where: { !chain.serves($0) }) {
            let names = chain.names.isEmpty ? "no name at all" : chain.names.joined(separator: ", ")
            return finding(.doubtful, "\(file) is for \(names), and not for \(host), by which it is reached.", "Have one made for \(host) as well.")
        }
        if chain.isAlone {
            return finding(.doubtful, "\(file) holds one certificate without those that vouch for it; many phones refuse that.", "Use the file with the whole chain, fullchain.pem.")
        }
        let days = (chain.end - now).wholeMilliseconds / 86_400_000
        if days < 14, now > chain.renewal { 
            var ending = finding(.doubtful, "\(file) ends in \(days) days, on \(end).", renew)
            ending.isEnding = true
            return ending
        }
        return finding(.good, chain.isSelfSigned ? "\(file) is self-signed and good until \(end)." : "\(file) is good for \(days) days, until \(end).", nil)
    }

    private static let renew = "Renew it; Homeline reads it again by itself."
}
