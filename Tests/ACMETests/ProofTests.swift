import Certificates
import Crypto
import HTTPStack
import SwiftASN1
import Testing
import X509

@testable import ACME

struct ProofTests {
    @Test func `a proof by TLS is as the standard wants it`() throws {
        let made = try ProofCertificate(name: "SMS.example.org", authorization: "token.thumbprint")
        let certificate = try Certificate(pemEncoded: made.chain)
        #expect(try certificate.extensions.subjectAlternativeNames.map(Array.init) == [.dnsName("sms.example.org")])
        let proof = try #require(certificate.extensions[oid: ProofCertificate.identifier])
        #expect(proof.critical)
        let digest = try ASN1OctetString(derEncoded: Array(proof.value))
        #expect(Array(digest.bytes) == Array(SHA256.hash(data: Array("token.thumbprint".utf8))))
    }

    @Test func `a proof by HTTP is there while it is shown, for whoever asks`() async throws {
        let proofs = Proofs(), proof = try OrderMachineTests.proof()
        let site = proofs.operation
        #expect(site.path == "/.well-known/acme-challenge/{token}")
        #expect(proofs.show(proof, authorization: "a.b"))
        proofs.withdraw(proof)
    }
}
