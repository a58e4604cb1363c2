import Crypto
import Foundation
import SwiftASN1
import Telephony
import X509

/// A certificate nobody vouches for: TLS from the first minute, and apps that ask whether to trust it.
public struct SelfSigned: Sendable {
    /// PEM.
    public let chain: String
    /// PEM, PKCS #8.
    public let privateKey: String

    /// What may stand in one: at least one name, each a host name or an address.
    public struct BadName: Error, Hashable, Sendable, CustomStringConvertible {
        public let name: String
        public var description: String { "\(name) is no host name or address" }
    }

    /// - Parameters:
    ///   - names: host names and addresses, at least one.
    ///   - from: when it begins to be good.
    ///   - lasting: how long; phones take no more than 825 days.
    public init(names: [String], from begin: Instant, lasting life: Duration = .seconds(825 * 86_400)) throws {
        guard let first = names.first else { throw BadName(name: "(nothing)") }
        if let bad = names.first(where: { !ServerName.isValid($0) }) { throw BadName(name: bad) }
        let key = P256.Signing.PrivateKey()
        let subject = try DistinguishedName { CommonName(String(first.prefix(64))) }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(key.publicKey),
            notValidBefore: Date(timeIntervalSince1970: Double(begin.seconds)),
            notValidAfter: Date(timeIntervalSince1970: Double((begin + life).seconds)), issuer: subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256, extensions: try Self.extensions(names), issuerPrivateKey: .init(key))
        chain = try certificate.serializeAsPEM().pemString + "\n"
        privateKey = key.pemRepresentation + "\n"
    }

    /// An authority of itself, so that it can be put among a telephone's trusted ones.
    private static func extensions(_ names: [String]) throws -> Certificate.Extensions {
        try Certificate.Extensions {
            Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
            Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
            try ExtendedKeyUsage([.serverAuth])
            SubjectAlternativeNames(names.map(GeneralName.init(host:)))
        }
    }
}

extension GeneralName {
    /// A host name or an address.
    public init(host: String) {
        self = ServerName.address(host).map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) } ?? .dnsName(host.lowercased())
    }
}
