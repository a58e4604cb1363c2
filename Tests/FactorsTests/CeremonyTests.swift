import Factors
import Foundation
import Testing
import Wire

/// A passkey's life, which servers that we did not write accepted (`Tests/Vectors/webauthn`).
struct Ceremony: Decodable, Sendable, CustomTestStringConvertible {
    struct Creating: Decodable { let challenge, client, attestation: String }
    struct Getting: Decodable {
        let challenge, client, authenticator, signature: String
        let count: UInt32
    }

    let algorithm, site, origin, credential, handle, key: String
    let creating: Creating
    let getting: Getting

    var testDescription: String { algorithm }

    static let all: [Ceremony] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Vectors/webauthn/ceremonies.jsonl")
        let lines = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(separator: "\n")
        return lines.compactMap { try? JSONDecoder().decode(Ceremony.self, from: Data($0.utf8)) }
    }()

    static func octets(_ text: String) -> [UInt8] { Base64URL.decode(text) ?? [] }

    var party: RelyingParty { RelyingParty(id: site, origin: origin) }
    var known: RelyingParty.Known { RelyingParty.Known(id: Self.octets(credential), key: Self.octets(key), handle: Self.octets(handle), count: 0) }

    func client(_ text: String, type: String, challenge: [UInt8], origin: String? = nil, isCrossOrigin: Bool = false) -> ClientData {
        ClientData(type: type, challenge: challenge, origin: origin ?? self.origin, isCrossOrigin: isCrossOrigin, octets: Self.octets(text))
    }

    func assertion(
        id: [UInt8]? = nil, client: ClientData? = nil, authenticator: [UInt8]? = nil, signature: [UInt8]? = nil, handle: [UInt8]?
    ) -> RelyingParty.Assertion {
        RelyingParty.Assertion(
            id: id ?? known.id,
            client: client ?? self.client(getting.client, type: "webauthn.get", challenge: Self.octets(getting.challenge)),
            authenticatorData: authenticator ?? Self.octets(getting.authenticator), signature: signature ?? Self.octets(getting.signature), handle: handle)
    }
}

@Suite struct CeremonyTests {
    @Test func `there is one of each algorithm`() {
        #expect(Ceremony.all.map(\.algorithm) == ["ES256", "EdDSA", "RS256"])
    }

    @Test(arguments: Ceremony.all)
    func `what others accept is accepted`(ceremony: Ceremony) throws {
        let challenge = Ceremony.octets(ceremony.creating.challenge)
        let registered = try ceremony.party.registered(
            ceremony.client(ceremony.creating.client, type: "webauthn.create", challenge: challenge), attestation: Ceremony.octets(ceremony.creating.attestation),
            challenge: challenge)
        #expect(registered.id == ceremony.known.id && registered.key == ceremony.known.key && registered.count == 0)
        for handle in [ceremony.known.handle, nil] {
            let count = try ceremony.party.asserted(
                ceremony.assertion(handle: handle), by: ceremony.known, challenge: Ceremony.octets(ceremony.getting.challenge))
            #expect(count == ceremony.getting.count)
        }
    }

    private func refusal(
        _ ceremony: Ceremony, _ assertion: RelyingParty.Assertion, party: RelyingParty? = nil, known: RelyingParty.Known? = nil, challenge: [UInt8]? = nil
    ) -> CeremonyError? {
        do throws(CeremonyError) {
            _ = try (party ?? ceremony.party).asserted(
                assertion, by: known ?? ceremony.known, challenge: challenge ?? Ceremony.octets(ceremony.getting.challenge))
            return nil
        } catch { return error }
    }

    @Test(arguments: Ceremony.all)
    func `an assertion is believed by none but the one it is for`(ceremony: Ceremony) {
        let known = ceremony.known, challenge = Ceremony.octets(ceremony.getting.challenge), text = ceremony.getting.client
        let whole = ceremony.assertion(handle: known.handle)
        #expect(refusal(ceremony, whole) == nil)
        #expect(refusal(ceremony, ceremony.assertion(id: [1], handle: nil)) == .wrongCredential)
        #expect(refusal(ceremony, ceremony.assertion(handle: [1])) == .wrongPerson)
        #expect(refusal(ceremony, whole, challenge: [1]) == .wrongChallenge)
        #expect(refusal(ceremony, whole, challenge: []) == .wrongChallenge)
        let created = ceremony.client(text, type: "webauthn.create", challenge: challenge)
        #expect(refusal(ceremony, ceremony.assertion(client: created, handle: nil)) == .wrongType)
        for origin in ["https://sms.example.org", "http://sms.example.org:8443", "https://evil.example", "https://sms.example.org:8443/", "null"] {
            let client = ceremony.client(text, type: "webauthn.get", challenge: challenge, origin: origin)
            #expect(refusal(ceremony, ceremony.assertion(client: client, handle: nil)) == .wrongOrigin)
        }
        let framed = ceremony.client(text, type: "webauthn.get", challenge: challenge, isCrossOrigin: true)
        #expect(refusal(ceremony, ceremony.assertion(client: framed, handle: nil)) == .wrongOrigin)
        #expect(refusal(ceremony, whole, party: RelyingParty(id: "example.org", origin: ceremony.origin)) == .wrongSite)
        let other = Ceremony.all.first { $0.algorithm != ceremony.algorithm }?.known.key ?? []
        let foreign = RelyingParty.Known(id: known.id, key: other, handle: known.handle, count: 0)
        #expect(refusal(ceremony, whole, known: foreign) == .wrongSignature)
        let broken = RelyingParty.Known(id: known.id, key: Array(known.key.dropLast()), handle: known.handle, count: 0)
        #expect(refusal(ceremony, whole, known: broken) == .unusableKey)
    }

    @Test(arguments: Ceremony.all)
    func `a counter that does not rise is the mark of a copy`(ceremony: Ceremony) {
        func known(_ count: UInt32) -> RelyingParty.Known {
            RelyingParty.Known(id: ceremony.known.id, key: ceremony.known.key, handle: ceremony.known.handle, count: count)
        }
        #expect(refusal(ceremony, ceremony.assertion(handle: nil), known: known(6)) == nil)
        for count in [7, 8, UInt32.max] { #expect(refusal(ceremony, ceremony.assertion(handle: nil), known: known(count)) == .counterWentBack) }
    }

    @Test(arguments: Ceremony.all)
    func `flags are looked at before the signature`(ceremony: Ceremony) {
        func flagged(_ flags: UInt8) -> [UInt8] {
            var data = Ceremony.octets(ceremony.getting.authenticator)
            data[32] = flags
            return data
        }
        #expect(refusal(ceremony, ceremony.assertion(authenticator: flagged(0x04), handle: nil)) == .userNotPresent)
        #expect(refusal(ceremony, ceremony.assertion(authenticator: flagged(0x01), handle: nil)) == .userNotVerified)
        #expect(refusal(ceremony, ceremony.assertion(authenticator: flagged(0x15), handle: nil)) == .contradictoryFlags)
        #expect(refusal(ceremony, ceremony.assertion(authenticator: flagged(0x1D), handle: nil)) == .wrongSignature)
        #expect(refusal(ceremony, ceremony.assertion(authenticator: flagged(0x45), handle: nil)) == .malformed)
    }

    @Test(arguments: Ceremony.all)
    func `not one bit of what is signed, nor of the signature, can be changed`(ceremony: Ceremony) {
        let authenticator = Ceremony.octets(ceremony.getting.authenticator), signature = Ceremony.octets(ceremony.getting.signature)
        for bit in 0..<authenticator.count * 8 {
            var data = authenticator
            data[bit / 8] ^= 1 << (bit % 8)
            #expect(refusal(ceremony, ceremony.assertion(authenticator: data, handle: nil)) != nil, "bit \(bit)")
        }
        for bit in stride(from: 0, to: signature.count * 8, by: 7) {
            var changed = signature
            changed[bit / 8] ^= 1 << (bit % 8)
            #expect(refusal(ceremony, ceremony.assertion(signature: changed, handle: nil)) == .wrongSignature, "bit \(bit)")
        }
        for wrong in [[], [0], [UInt8](repeating: 0, count: 64), [UInt8](repeating: 0xFF, count: 600)] {
            #expect(refusal(ceremony, ceremony.assertion(signature: wrong, handle: nil)) == .wrongSignature)
        }
    }

    @Test(arguments: Ceremony.all)
    func `a registration that is cut or turned anywhere never traps`(ceremony: Ceremony) {
        let octets = Ceremony.octets(ceremony.creating.attestation), challenge = Ceremony.octets(ceremony.creating.challenge)
        let client = ceremony.client(ceremony.creating.client, type: "webauthn.create", challenge: challenge)
        for count in 0..<octets.count {
            #expect(throws: CeremonyError.malformed) { try ceremony.party.registered(client, attestation: Array(octets.prefix(count)), challenge: challenge) }
        }
        for bit in 0..<octets.count * 8 {
            var changed = octets
            changed[bit / 8] ^= 1 << (bit % 8)
            _ = try? ceremony.party.registered(client, attestation: changed, challenge: challenge)
        }
    }

    @Test func `what is stated with no attestation, and keys that nobody asked for, are refused`() throws {
        let ceremony = try #require(Ceremony.all.first)
        let value = try CBOR(decoding: Ceremony.octets(ceremony.creating.attestation))
        let data = try #require(value[.text("authData")])
        func object(_ format: String, _ statement: [CBOR.Entry]) -> [UInt8] {
            CBOR.map([
                CBOR.Entry(.text("fmt"), .text(format)), CBOR.Entry(.text("attStmt"), .map(statement)), CBOR.Entry(.text("authData"), data),
            ]).encoded
        }
        #expect(throws: Never.self) { try Attestation(decoding: object("packed", [CBOR.Entry(.text("alg"), .integer(-7))])) }
        #expect(throws: DecodeError.self) { try Attestation(decoding: object("none", [CBOR.Entry(.text("alg"), .integer(-7))])) }
        for (kind, algorithm) in [(2, -47), (2, -8), (1, -7), (3, -37), (4, 5)] as [(Int64, Int64)] {
            let key = CBOR.map([CBOR.Entry(.integer(1), .integer(kind)), CBOR.Entry(.integer(3), .integer(algorithm))])
            #expect(throws: DecodeError.self) { try COSEKey(decoding: key.encoded) }
        }
    }

    @Test func `a point off its curve is no key`() throws {
        let ceremony = try #require(Ceremony.all.first { $0.algorithm == "ES256" })
        var octets = Ceremony.octets(ceremony.creating.attestation)
        octets[octets.count - 1] ^= 1
        let challenge = Ceremony.octets(ceremony.creating.challenge)
        let client = ceremony.client(ceremony.creating.client, type: "webauthn.create", challenge: challenge)
        #expect(throws: CeremonyError.unusableKey) { try ceremony.party.registered(client, attestation: octets, challenge: challenge) }
    }
}
