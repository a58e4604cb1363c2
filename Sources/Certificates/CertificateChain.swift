import Foundation
import SwiftASN1
import Telephony
import X509

/// A certificate with those that vouch for it, read for what a person wants to know of it.
public struct CertificateChain: Sendable {
    let certificates: [Certificate]

    public struct Unreadable: Error {}

    /// Reads the certificates of a PEM file; other blocks, such as a key, are passed over.
    public init(pem octets: [UInt8]) throws(Unreadable) {
        guard octets.count <= PEMFile.limit,
            let documents = try? PEMDocument.parseMultiple(pemString: String(decoding: octets, as: UTF8.self)),
            let certificates = try? documents.filter({ $0.discriminator == "CERTIFICATE" }).map({ try Certificate(pemDocument: $0) }),
            !certificates.isEmpty
        else { throw Unreadable() }
        self.certificates = certificates
    }

    private var leaf: Certificate { certificates[0] }

    public var begin: Instant { Instant(seconds: Int64(leaf.notValidBefore.timeIntervalSince1970)) }
    /// The last second in which all of the chain is good, for what comes first in it.
    public var end: Instant { Instant(seconds: Int64(leaf.notValidAfter.timeIntervalSince1970)) }
    /// Who vouches for it, as the certificate says it.
    public var issuer: String { "\(leaf.issuer)" }
    /// Nobody but itself vouches for it.
    public var isSelfSigned: Bool { leaf.issuer == leaf.subject && leaf.publicKey.isValidSignature(leaf.signature, for: leaf) }

    /// The host names and addresses that it is for (RFC 5280 §4.2.1.6), lower-case.
    public var names: [String] {
        guard let alternatives = try? leaf.extensions.subjectAlternativeNames else { return [] }
        return alternatives.compactMap { name in
            switch name {
            case .dnsName(let text): text.lowercased()
            case .ipAddress(let octets): ServerName.text(ofAddress: Array(octets.bytes))
            default: nil
            }
        }
    }

    /// Whether a client that asked for this host or address would accept the name (RFC 9525 §6.3): a `*` stands for one whole first label.
    public func serves(_ host: String) -> Bool {
        let host = ServerName.canonical(host)
        let rest = host.firstIndex(of: ".").map { host[$0...] }
        return names.contains { name in name == host || (name.hasPrefix("*.") && rest.map { name.dropFirst() == $0 } ?? false) }
    }

    /// The first place at which the chain is broken; nil where each certificate is vouched for by the next.
    public var firstGap: Gap? {
        for (number, pair) in zip(certificates, certificates.dropFirst()).enumerated() {
            let isVouchedFor = pair.0.issuer == pair.1.subject && pair.1.publicKey.isValidSignature(pair.0.signature, for: pair.0)
            if !isVouchedFor { return Gap(position: number + 1, subject: "\(pair.0.subject)", issuer: "\(pair.0.issuer)", follower: "\(pair.1.subject)") }
        }
        return nil
    }

    /// Whether the ones that vouch for it are missing: clients know the roots only.
    public var isAlone: Bool { certificates.count == 1 && !isSelfSigned }

    public struct Gap: Hashable, Sendable {
        /// Counted from 1.
        public let position: Int
        public let subject: String
        public let issuer: String
        /// Who comes next instead of the issuer.
        public let follower: String
    }

    /// The moment after two thirds of its life, when it is to be renewed.
    public var renewal: Instant {
        begin + .milliseconds((end - begin).wholeMilliseconds / 3 * 2)
    }
}
