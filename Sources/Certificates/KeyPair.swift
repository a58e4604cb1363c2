import Crypto
import SwiftASN1
import X509

/// Whether a key and a certificate are two halves of one.
enum KeyPair {
    /// Nil where one of them cannot be understood. Both in PEM form.
    static func belongs(_ key: [UInt8], to chain: [UInt8]) -> Bool? {
        guard let certificate = try? CertificateChain(pem: chain).certificates.first,
            let documents = try? PEMDocument.parseMultiple(pemString: String(decoding: key, as: UTF8.self)),
            let own = documents.lazy.compactMap({ try? Certificate.PrivateKey(pemDocument: $0) }).first
        else { return nil }
        return own.publicKey == certificate.publicKey
    }
}
