import Certificates
import Crypto
import Foundation
import SwiftASN1
import X509

/// The self-signed certificate that proves a name by TLS: its one name, and a digest of the key authorization (RFC 8737 §3).
struct ProofCertificate {
    /// id-pe-acmeIdentifier (RFC 8737 §6.1).
    static let identifier: ASN1ObjectIdentifier = [1, 3, 6, 1, 5, 5, 7, 1, 31]

    /// PEM, as is the key.
    let chain: String
    let privateKey: String

    init(name: String, authorization: String) throws {
        let key = P256.Signing.PrivateKey()
        let digest = Array(SHA256.hash(data: Array(authorization.utf8)))
        let subject = try DistinguishedName { CommonName("Proof for an authority") }
        // Nobody looks at the dates (RFC 8737 §3); this house's clock may be wrong.
        let certificate = try Certificate(
            version: .v3, serialNumber: .init(), publicKey: .init(key.publicKey), notValidBefore: Date(timeIntervalSince1970: 1_577_836_800),
            notValidAfter: Date(timeIntervalSince1970: 4_102_444_800), issuer: subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                SubjectAlternativeNames([GeneralName(host: name)])
                // An OCTET STRING of 32 octets.
                Certificate.Extension(oid: Self.identifier, critical: true, value: ([0x04, 0x20] + digest)[...])
            },
            issuerPrivateKey: .init(key))
        chain = try certificate.serializeAsPEM().pemString + "\n"
        privateKey = key.pemRepresentation + "\n"
    }
}
