import Certificates
import Crypto
import SwiftASN1
import X509

/// A new key with the request for a certificate of it (RFC 8555 §7.4, RFC 2986).
struct CertificateRequest: Sendable {
    private let key = P256.Signing.PrivateKey()
    /// DER.
    let octets: [UInt8]

    init(names: [String]) throws {
        let extensions = try Certificate.Extensions { SubjectAlternativeNames(names.map(GeneralName.init(host:))) }
        let request = try CertificateSigningRequest(
            version: .v1, subject: DistinguishedName(), privateKey: .init(key),
            attributes: .init([.init(ExtensionRequest(extensions: extensions))]), signatureAlgorithm: .ecdsaWithSHA256)
        var serializer = DER.Serializer()
        try serializer.serialize(request)
        octets = serializer.serializedBytes
    }

    var privateKey: String { key.pemRepresentation + "\n" }
}
