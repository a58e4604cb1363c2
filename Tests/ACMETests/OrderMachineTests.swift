import HTTPStack
import HomelineTesting
import Testing
import Wire

@testable import ACME

/// The machine's tests are data: what happens, and what is to be done.
struct OrderMachineTests {
    typealias Event = OrderMachine.Event
    typealias Out = Output<OrderMachine.Effect, OrderMachine.TimerName>

    static func url(_ path: String) throws -> WebURL { try #require(WebURL("https://ca.example/\(path)")) }
    static let token = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA"

    static func order(_ status: String, authorizations: Int = 1, error: String = "") throws -> OrderDocument {
        let list = (1...max(authorizations, 1)).prefix(authorizations).map { #""https://ca.example/authz/\#($0)""# }.joined(separator: ",")
        let text = #"{"status":"\#(status)","authorizations":[\#(list)],"finalize":"https://ca.example/finalize","certificate":"https://ca.example/chain"\#(error)}"#
        return try OrderDocument(JSON(decoding: Array(text.utf8)), at: url("order"))
    }

    static func authorization(_ status: String, name: String = "a.example.org", types: [String] = ["dns-01", "http-01", "tls-alpn-01"], error: String = "") throws -> AuthorizationDocument {
        let challenges = types.map { #"{"type":"\#($0)","url":"https://ca.example/\#($0)","token":"\#(token)"\#(error)}"# }.joined(separator: ",")
        let text = #"{"status":"\#(status)","identifier":{"type":"dns","value":"\#(name)"},"challenges":[\#(challenges)]}"#
        return try AuthorizationDocument(JSON(decoding: Array(text.utf8)))
    }

    static func proof(_ kind: ChallengeKind = .http, name: String = "a.example.org") throws -> Proof {
        Proof(kind: kind, name: name, token: token, url: try url(kind.rawValue))
    }

    /// A machine that has placed an order with so many names, and was told the first authorization's address.
    private func placed(kind: ChallengeKind = .http, authorizations: Int = 1) throws -> OrderMachine {
        var machine = OrderMachine(kind: kind)
        #expect(machine.handle(.event(.begin)) == [.effect(.readDirectory)])
        #expect(machine.handle(.event(.directoryRead)) == [.effect(.findAccount)])
        #expect(machine.handle(.event(.accountFound)) == [.effect(.placeOrder)])
        #expect(machine.handle(.event(.orderRead(try Self.order("pending", authorizations: authorizations)))) == [.effect(.readAuthorization(try Self.url("authz/1")))])
        return machine
    }

    @Test(arguments: ChallengeKind.allCases)
    func `an order goes from the directory to the chain`(kind: ChallengeKind) throws {
        var machine = try placed(kind: kind)
        let proof = try Self.proof(kind)
        let script: [(Input<Event, OrderMachine.TimerName>, [Out])] = [
            (.event(.authorizationRead(try Self.authorization("pending"))), [.effect(.show(proof))]),
            (.event(.proofShown), [.effect(.answer(proof))]),
            (.event(.challengeAnswered), [.arm(.poll, after: .seconds(1))]),
            (.fired(.poll), [.effect(.readAuthorization(try Self.url("authz/1")))]),
            (.event(.authorizationRead(try Self.authorization("pending"), later: .seconds(7))), [.arm(.poll, after: .seconds(7))]),
            (.fired(.poll), [.effect(.readAuthorization(try Self.url("authz/1")))]),
            (.event(.authorizationRead(try Self.authorization("valid"))), [.effect(.withdraw(proof)), .effect(.readOrder(try Self.url("order")))]),
            (.event(.orderRead(try Self.order("ready"))), [.effect(.finalize(try Self.order("ready")))]),
            (.event(.orderRead(try Self.order("processing"))), [.arm(.poll, after: .seconds(2))]),
            (.fired(.poll), [.effect(.readOrder(try Self.url("order")))]),
            (.event(.orderRead(try Self.order("valid"))), [.effect(.readChain(try Self.url("chain")))]),
            (.event(.chainRead("PEM")), [.effect(.succeeded(chain: "PEM")), .finished]),
        ]
        for (input, outputs) in script { #expect(machine.handle(input) == outputs) }
    }

    @Test func `each name is proven, one after the other`() throws {
        var machine = try placed(authorizations: 2)
        _ = machine.handle(.event(.authorizationRead(try Self.authorization("pending"))))
        _ = machine.handle(.event(.proofShown))
        _ = machine.handle(.event(.challengeAnswered))
        _ = machine.handle(.fired(.poll))
        #expect(
            machine.handle(.event(.authorizationRead(try Self.authorization("valid")))) == [
                .effect(.withdraw(try Self.proof())), .effect(.readAuthorization(try Self.url("authz/2"))),
            ])
        #expect(machine.handle(.event(.authorizationRead(try Self.authorization("pending", name: "b.example.org")))) == [.effect(.show(try Self.proof(name: "b.example.org")))])
    }

    @Test func `what was proven before is not proven again`() throws {
        var machine = try placed()
        #expect(machine.handle(.event(.authorizationRead(try Self.authorization("valid")))) == [.effect(.readOrder(try Self.url("order")))])
    }

    @Test func `an order that comes back ready, or done, goes on from there`() throws {
        for (status, effect) in [("ready", OrderMachine.Effect.finalize(try Self.order("ready"))), ("valid", .readChain(try Self.url("chain")))] {
            var machine = OrderMachine(kind: .http)
            for event in [Event.begin, .directoryRead, .accountFound] { _ = machine.handle(.event(event)) }
            #expect(machine.handle(.event(.orderRead(try Self.order(status)))) == [.effect(effect)])
        }
    }

    private func failed(_ outputs: [Out]) -> OrderFailure? {
        outputs.lazy.compactMap { if case .effect(.gaveUp(let failure)) = $0 { failure } else { nil } }.first
    }

    @Test func `a proof that is refused is told with the name and the authority's words, and taken away`() throws {
        var machine = try placed()
        for event in [Event.authorizationRead(try Self.authorization("pending")), .proofShown, .challengeAnswered] { _ = machine.handle(.event(event)) }
        _ = machine.handle(.fired(.poll))
        let error = #","error":{"type":"urn:ietf:params:acme:error:connection","detail":"Timeout during connect"}"#
        let outputs = machine.handle(.event(.authorizationRead(try Self.authorization("invalid", error: error))))
        #expect(outputs.first == .effect(.withdraw(try Self.proof())))
        #expect(outputs.last == .finished)
        let failure = try #require(failed(outputs))
        #expect(failure.step == .validation && failure.name == "a.example.org")
        #expect(failure.sentence == "No new certificate: the validation of a.example.org: Timeout during connect (connection).")
        #expect(failure.advice.contains("forward port 80"))
    }

    @Test func `a way of proof that is not offered is told with those that are`() throws {
        var machine = try placed(kind: .tls)
        let failure = try #require(failed(machine.handle(.event(.authorizationRead(try Self.authorization("pending", types: ["dns-01", "http-01"]))))))
        #expect(failure.sentence.contains("does not offer tls-alpn-01, only dns-01, http-01"))
    }

    @Test(arguments: ["", "short", "../../../../etc/passwd-------", "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ/PCt92wr"])
    func `a token that is none goes into no path`(token: String) throws {
        let text = #"{"status":"pending","identifier":{"value":"a"},"challenges":[{"type":"http-01","url":"https://ca.example/c","token":"\#(token)"}]}"#
        var machine = try placed()
        let failure = try #require(failed(machine.handle(.event(.authorizationRead(try AuthorizationDocument(JSON(decoding: Array(text.utf8))))))))
        #expect(failure.reason == .misshapen("token"))
    }

    @Test func `an authority that never decides is given up`() throws {
        var machine = try placed()
        for event in [Event.authorizationRead(try Self.authorization("pending")), .proofShown, .challengeAnswered] { _ = machine.handle(.event(event)) }
        var rounds = 0
        while machine.state != .ended, rounds < 1000 {
            _ = machine.handle(.fired(.poll))
            let outputs = machine.handle(.event(.authorizationRead(try Self.authorization("pending"), later: .seconds(86_400))))
            if case .arm(_, let after) = outputs.first { #expect(after == .seconds(60)) }
            if let failure = failed(outputs) { #expect(failure.reason == .undecided && failure.step == .validation) }
            rounds += 1
        }
        #expect(rounds == OrderMachine.patience)
    }

    @Test func `an order that says ready for ever is given up`() throws {
        var machine = try placed()
        _ = machine.handle(.event(.authorizationRead(try Self.authorization("valid"))))
        var rounds = 0
        while machine.state != .ended, rounds < 1000 {
            _ = machine.handle(.event(.orderRead(try Self.order("ready"))))
            rounds += 1
        }
        #expect(rounds == OrderMachine.patience + 1)
    }

    @Test func `an order that ends says why`() throws {
        var machine = try placed()
        _ = machine.handle(.event(.authorizationRead(try Self.authorization("valid"))))
        let error = #","error":{"type":"urn:ietf:params:acme:error:caa","detail":"CAA forbids"}"#
        let failure = try #require(failed(machine.handle(.event(.orderRead(try Self.order("invalid", error: error))))))
        #expect(failure.step == .issuance && failure.reason == .problem(ProblemDocument(type: "caa", detail: "CAA forbids")))
    }

    @Test func `whatever comes in whatever order, it never traps, and ends once`() throws {
        let events: [Event] = [
            .begin, .directoryRead, .accountFound, .proofShown, .challengeAnswered, .chainRead("x"), .failed(.undecided),
            .orderRead(try Self.order("pending")), .orderRead(try Self.order("pending", authorizations: 0)), .orderRead(try Self.order("ready")),
            .orderRead(try Self.order("processing")), .orderRead(try Self.order("invalid")), .orderRead(try Self.order("valid")),
            .authorizationRead(try Self.authorization("pending")), .authorizationRead(try Self.authorization("valid")),
            .authorizationRead(try Self.authorization("invalid")), .authorizationRead(try Self.authorization("revoked", types: [])),
        ]
        var dice: UInt64 = 88_172_645_463_325_252
        func roll(_ bound: Int) -> Int {
            dice ^= dice << 13
            dice ^= dice >> 7
            dice ^= dice << 17
            return Int(dice % UInt64(bound))
        }
        for _ in 0..<2000 {
            var machine = OrderMachine(kind: .http)
            var endings = 0, shown = 0, withdrawn = 0
            for _ in 0..<60 {
                let choice = roll(events.count + 3)
                for output in machine.handle(choice < events.count ? .event(events[choice]) : .fired(.poll)) {
                    switch output {
                    case .finished: endings += 1
                    case .effect(.show): shown += 1
                    case .effect(.withdraw): withdrawn += 1
                    case .effect, .arm, .disarm: break
                    }
                }
            }
            #expect(endings <= 1)
            #expect(machine.state != .ended || shown == withdrawn)
        }
    }
}
