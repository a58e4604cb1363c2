import Crypto
import Foundation
import SwiftASN1
import Telephony
import X509

@testable import Certificates

/// A certificate that an authority of the test's own vouches for; all PEM.
struct Issuance {
    let leaf: String
    let key: String
    let authority: String

    init(now: Instant, names: [String], authority name: String = "Test Authority") throws {
        let root = P256.Signing.PrivateKey(), own = P256.Signing.PrivateKey()
        let issuer = try DistinguishedName { CommonName(name) }
        func certificate(_ subject: DistinguishedName, _ key: P256.Signing.PublicKey, _ extensions: Certificate.Extensions) throws -> String {
            try Certificate(
                version: .v3, serialNumber: .init(), publicKey: .init(key), notValidBefore: Date(timeIntervalSince1970: Double(now.seconds)),
                notValidAfter: Date(timeIntervalSince1970: Double(now.seconds + 90 * 86_400)), issuer: issuer, subject: subject,
                signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: .init(root)
            ).serializeAsPEM().pemString + "\n"
        }
        authority = try certificate(issuer, root.publicKey, .init { Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil)) })
        leaf = try certificate(
            try DistinguishedName { CommonName(names[0]) }, own.publicKey, .init { SubjectAlternativeNames(names.map { .dnsName($0) }) })
        key = own.pemRepresentation + "\n"
    }
}
