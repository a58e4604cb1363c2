import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let persons: [Clause] = [
        Clause("persons are saved, replaced and removed") { bench in
            try await bench.ledger.save(bench.person("bob"))
            try await bench.ledger.save(bench.person("alice"))
            try await bench.ledger.save(bench.person("bob", lines: []))
            #expect(try await bench.ledger.persons() == [bench.person("alice"), bench.person("bob", lines: [])])
            try await bench.ledger.remove("bob", now: bench.now)
            #expect(try await bench.ledger.persons().map(\.id) == ["alice"])
            await expectConflict { try await bench.ledger.remove("bob", now: bench.now) }
        },
        Clause("saving a person again keeps their devices; removing gives up what waits for them") { bench in
            try await bench.ledger.save(bench.person("alice"))
            try await bench.ledger.save(bench.binding("alice", "phone"))
            try await bench.ledger.save(bench.person("alice", lines: []))
            #expect(try await bench.ledger.bindings(now: bench.now).count == 1)
            let deliveries = try await bench.receive(bench.incoming(), to: [.alicesPhone, .alicesFirst, .device(.softphone, "bob", nil)])
            try await bench.ledger.remove("alice", now: bench.now)
            #expect(try await bench.ledger.bindings(now: bench.now).isEmpty)
            #expect(try await bench.ledger.devices(of: "alice").isEmpty)
            #expect(try await bench.ledger.deliveries(of: deliveries[0].message).map(\.state) == [.failed, .failed, .pending])
        },
        Clause("what is being attempted when its person or device goes waits afterwards for nobody, not for another of the name either") { bench in
            for device in ["phone", nil] as [DeviceID?] {
                try await bench.ledger.save(bench.person("alice"))
                if let device { try await bench.ledger.save(bench.binding("alice", device)) }
                try await bench.receive(bench.incoming(), to: [.device(.softphone, "alice", device)])
                let claim = try #require(try await bench.claim(.endpoint(.softphone)).first)
                if let device {
                    try await bench.ledger.forget("alice", device, now: bench.now)
                } else {
                    try await bench.ledger.remove("alice", now: bench.now)
                    try await bench.ledger.save(bench.person("alice"))
                }
                try await bench.settle(claim, .deferred(Failure(.notRegistered), until: .distantFuture))
                let again = try #require(try await bench.claim(.endpoint(.softphone)).first)
                #expect(again.delivery.id == claim.delivery.id && again.delivery.expires <= bench.now)
                try await bench.settle(again, .failed(Failure(.expired)))
            }
        },
        Clause("lines and passwords of a person are changed each by itself, and nobody is made again by it") { bench in
            let first = bench.person("alice"), other = SIPCredentials(realm: "home", ha1MD5: "x", ha1SHA256: "y")
            try await bench.ledger.save(first)
            try await bench.ledger.save(bench.binding("alice", "phone"))
            try await bench.ledger.change(linesOf: "alice", to: ["office"])
            #expect(try await bench.ledger.persons() == [Person(id: "alice", lines: ["office"], credentials: first.credentials)])
            #expect(try await bench.ledger.bindings(now: bench.now).count == 1)
            let version = try await bench.ledger.directoryVersion()
            try await bench.ledger.change(credentialsOf: "alice", to: other)
            #expect(try await bench.ledger.persons() == [Person(id: "alice", lines: ["office"], credentials: other)])
            #expect(try await bench.ledger.bindings(now: bench.now).isEmpty)
            #expect(try await bench.ledger.directoryVersion() > version)
            try await bench.ledger.remove("alice", now: bench.now)
            await expectConflict { try await bench.ledger.change(linesOf: "alice", to: ["home"]) }
            await expectConflict { try await bench.ledger.change(credentialsOf: "alice", to: other) }
            #expect(try await bench.ledger.persons().isEmpty)
        },
        Clause("tokens are saved, replaced and removed by name") { bench in
            let token = Token(name: "web", hash: "ab", scopes: [.read, .send], createdAt: bench.now, expiresAt: nil)
            let other = Token(name: "api", hash: "cd", scopes: [], createdAt: bench.now, expiresAt: bench.now)
            try await bench.ledger.save(Token(name: "web", hash: "old", scopes: [.admin], createdAt: bench.now, expiresAt: bench.now))
            try await bench.ledger.save(token)
            try await bench.ledger.save(other)
            #expect(try await bench.ledger.tokens() == [other, token])
            #expect(try await bench.ledger.removeToken(named: "web"))
            #expect(try await bench.ledger.removeToken(named: "web") == false)
            #expect(try await bench.ledger.tokens() == [other])
        },
        Clause("the directory's version rises with persons and tokens, and with nothing else") { bench in
            var last = try await bench.ledger.directoryVersion()
            func hasRisen() async throws -> Bool {
                let version = try await bench.ledger.directoryVersion()
                defer { last = version }
                return version > last
            }
            try await bench.ledger.save(bench.person("alice"))
            #expect(try await hasRisen())
            try await bench.ledger.save(bench.person("alice", lines: []))
            #expect(try await hasRisen())
            try await bench.ledger.save(Token(name: "web", hash: "ab", scopes: [], createdAt: bench.now, expiresAt: nil))
            #expect(try await hasRisen())
            try await bench.ledger.save(bench.binding("alice", "phone"))
            try await bench.submit(bench.outgoing())
            _ = try await bench.ledger.removeToken(named: "none")
            #expect(try await hasRisen() == false)
            _ = try await bench.ledger.removeToken(named: "web")
            #expect(try await hasRisen())
            try await bench.ledger.remove("alice", now: bench.now)
            #expect(try await hasRisen())
        },
    ]
}
