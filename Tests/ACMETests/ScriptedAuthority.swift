import Crypto
import Foundation
import HTTPStack
import SwiftASN1
import Synchronization
import Telephony
import Testing
import Wire
import X509

@testable import ACME

/// A small authority: it holds clients to what the standard wants of them, and can be told to be difficult.
final class ScriptedAuthority: WebClient {
    struct Mood {
        /// Nonces it calls stale before it takes one.
        var staleNonces = 0
        /// Answers in the place of its own, by path, once each.
        var refusals: [String: OutgoingAnswer] = [:]
        var isAway = false
        var wantsExternalAccount = false
        /// Whether a proof, once answered, is found good.
        var believes = true
        var life: Double = 90 * 86_400
        /// How long before now a certificate begins, in seconds.
        var age: Double = 0
        var names: [String]?
    }

    private struct State {
        var mood = Mood()
        var nonce = 0
        var good: Set<String> = []
        var accounts: [String: JSON] = [:]
        var keys: [String: P256.Signing.PublicKey] = [:]
        var names: [String] = []
        var isProven = false
        var chain: String?
        var paths: [String] = []
        var payloads: [String: JSON] = [:]
    }

    private let state = Mutex(State())
    private let clock: any WallClock
    private let root = P256.Signing.PrivateKey()

    init(clock: any WallClock) { self.clock = clock }

    func be(_ change: @Sendable (inout Mood) -> Void) { state.withLock { change(&$0.mood) } }
    func forgetAccounts() { state.withLock { $0.accounts = [:] } }
    /// What was asked, in order.
    var paths: [String] { state.withLock { $0.paths } }
    func payload(_ path: String) -> JSON? { state.withLock { $0.payloads[path] } }

    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
        let path = request.url.target
        let prepared: OutgoingAnswer? = try state.withLock { state throws(Failure) in
            if state.mood.isAway { throw Failure(.unreachable, request.url.host) }
            state.paths.append(path)
            return state.mood.refusals.removeValue(forKey: path)
        }
        if let prepared { return prepared }
        guard request.headers.contains(where: { $0.name == "User-Agent" && !$0.value.isEmpty }) else { return problem("malformed", "no User-Agent") }
        if request.method == .get { return path == "/directory" ? answer(200, directory) : answer(204, .null) }
        guard request.headers.contains(where: { $0 == ("Content-Type", "application/jose+json") }) else { return problem("malformed", "no JWS") }
        do {
            return try respond(to: path, try verified(request))
        } catch let refusal as Refused {
            return problem(refusal.type, "the scripted authority does not like it")
        } catch {
            return problem("malformed", "\(error)")
        }
    }

    // MARK: What the standard wants

    private struct Refused: Error { let type: String }

    /// The payload of a request that is signed, fresh and meant for this address.
    private func verified(_ request: OutgoingRequest) throws -> JSON? {
        let json = try JSON(decoding: request.body)
        let protected = try #require(json["protected"]?.text), payload = try #require(json["payload"]?.text)
        let header = try JSON(decoding: #require(Base64URL.decode(protected)))
        guard header["url"]?.text == request.url.description, header["alg"] == "ES256" else { throw Refused(type: "unauthorized") }
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: #require(json["signature"]?.text.flatMap { Base64URL.decode($0) }))
        try state.withLock { state in
            let nonce = header["nonce"]?.text ?? ""
            guard state.good.remove(nonce) != nil else { throw Refused(type: "badNonce") }
            if state.mood.staleNonces > 0 {
                state.mood.staleNonces -= 1
                throw Refused(type: "badNonce")
            }
            let key: P256.Signing.PublicKey
            if let jwk = header["jwk"], header["kid"] == nil, request.url.target == "/new-account" {
                let x = try #require(jwk["x"]?.text.flatMap { Base64URL.decode($0) }), y = try #require(jwk["y"]?.text.flatMap { Base64URL.decode($0) })
                key = try P256.Signing.PublicKey(rawRepresentation: x + y)
                state.keys["https://ca.example/account/1"] = key
            } else {
                let account = try #require(header["kid"]?.text)
                guard state.accounts[account] != nil, let known = state.keys[account] else { throw Refused(type: "accountDoesNotExist") }
                key = known
            }
            guard key.isValidSignature(signature, for: Array("\(protected).\(payload)".utf8)) else { throw Refused(type: "unauthorized") }
        }
        return payload.isEmpty ? nil : try JSON(decoding: #require(Base64URL.decode(payload)))
    }

    private func respond(to path: String, _ payload: JSON?) throws -> OutgoingAnswer {
        try state.withLock { state in
            state.payloads[path] = payload
            switch path {
            case "/new-account":
                guard payload?["termsOfServiceAgreed"] == true else { throw Refused(type: "userActionRequired") }
                state.accounts["https://ca.example/account/1"] = payload
                return answer(&state, 201, ["status": "valid"], location: "https://ca.example/account/1")
            case "/account/1": return answer(&state, 200, ["status": "valid"])
            case "/new-order":
                state.chain = nil
                state.isProven = false
                state.names = (payload?["identifiers"]?.elements ?? []).compactMap { $0["value"]?.text }
                return answer(&state, 201, order("pending", state), location: "https://ca.example/order")
            case "/authorization": return answer(&state, 200, authorization(state))
            case "/challenge":
                state.isProven = true
                return answer(&state, 200, ["status": "processing"])
            case "/order": return answer(&state, 200, order(state.chain == nil ? "ready" : "valid", state))
            case "/finalize":
                state.chain = try issue(try #require(payload?["csr"]?.text), state)
                return answer(&state, 200, order("processing", state))
            case "/chain":
                var made = answer(&state, 200, .null)
                made = OutgoingAnswer(status: 200, headers: made.headers, body: Array((state.chain ?? "").utf8))
                return made
            default: throw Refused(type: "malformed")
            }
        }
    }

    private var directory: JSON {
        let wants = state.withLock { $0.mood.wantsExternalAccount }
        return [
            "newNonce": "https://ca.example/new-nonce", "newAccount": "https://ca.example/new-account", "newOrder": "https://ca.example/new-order",
            "meta": ["termsOfService": "https://ca.example/terms", "externalAccountRequired": .bool(wants)],
        ]
    }

    private func order(_ status: String, _ state: State) -> JSON {
        ["status": .string(status), "authorizations": ["https://ca.example/authorization"], "finalize": "https://ca.example/finalize", "certificate": "https://ca.example/chain"]
    }

    private func authorization(_ state: State) -> JSON {
        let status = state.isProven ? (state.mood.believes ? "valid" : "invalid") : "pending"
        var challenge: [JSON.Member] = [("type", "http-01"), ("url", "https://ca.example/challenge"), ("token", .string(OrderMachineTests.token))]
        if status == "invalid" { challenge.append(("error", ["type": "urn:ietf:params:acme:error:dns", "detail": "no such name"])) }
        return ["status": .string(status), "identifier": ["type": "dns", "value": .string(state.names.first ?? "")], "challenges": [.object(challenge)]]
    }

    private func issue(_ text: String, _ state: State) throws -> String {
        let request = try CertificateSigningRequest(derEncoded: try #require(Base64URL.decode(text)))
        let wanted = try #require(try request.attributes.extensionRequest?.extensions.subjectAlternativeNames)
        guard wanted.compactMap({ if case .dnsName(let name) = $0 { name } else { nil } }) == state.names else { throw Refused(type: "badCSR") }
        let names = state.mood.names.map { $0.map { GeneralName.dnsName($0) } } ?? Array(wanted)
        let issuer = try DistinguishedName { CommonName("Scripted Authority") }
        let begin = Date(timeIntervalSince1970: Double(clock.now().seconds) - state.mood.age)
        func certificate(_ subject: DistinguishedName, _ key: Certificate.PublicKey, _ extensions: Certificate.Extensions) throws -> String {
            try Certificate(
                version: .v3, serialNumber: .init(), publicKey: key, notValidBefore: begin, notValidAfter: begin + state.mood.life, issuer: issuer,
                subject: subject, signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions, issuerPrivateKey: .init(root)
            ).serializeAsPEM().pemString + "\n"
        }
        return try certificate(DistinguishedName(), request.publicKey, .init { SubjectAlternativeNames(names) })
            + certificate(issuer, .init(root.publicKey), .init { Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil)) })
    }

    // MARK: Answers

    private func answer(_ status: Int, _ json: JSON) -> OutgoingAnswer { state.withLock { answer(&$0, status, json) } }

    private func answer(_ state: inout State, _ status: Int, _ json: JSON, location: String? = nil) -> OutgoingAnswer {
        state.nonce += 1
        let nonce = Base64URL.encode(Array("nonce \(state.nonce)".utf8))
        state.good.insert(nonce)
        var headers = [(name: "Replay-Nonce", value: nonce)]
        if let location { headers.append((name: "Location", value: location)) }
        return OutgoingAnswer(status: status, headers: headers, body: json.encoded)
    }

    private func problem(_ type: String, _ detail: String) -> OutgoingAnswer {
        answer(400, ["type": .string("urn:ietf:params:acme:error:\(type)"), "detail": .string(detail)])
    }
}
