import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let devices: [Clause] = [
        Clause("what waits for a person's first device goes to the first that registers, in order, and to no other") { bench in
            for text in ["1", "2"] { try await bench.receive(bench.incoming(text), to: [.alicesFirst]) }
            let claim = try #require(try await bench.claim(.endpoint(.softphone)).first)
            try await bench.settle(claim, .deferred(Failure(.notRegistered), until: .distantFuture))
            #expect(try await bench.claim(.endpoint(.softphone)).isEmpty)
            try await bench.ledger.expedite(endpoint: .softphone, person: "alice", device: "phone", now: bench.now)
            try await bench.ledger.expedite(endpoint: .softphone, person: "alice", device: "laptop", now: bench.now)
            try await bench.receive(bench.incoming("3"), to: [.alicesPhone])
            for text in ["1", "2", "3"] {
                let claims = try await bench.claim(.endpoint(.softphone))
                #expect(claims.map(\.message.text) == [text])
                #expect(claims.map(\.delivery.destination) == [.alicesPhone])
                #expect(claims.map(\.queue) == claims.map { DeliveryQueue(destination: .alicesPhone, message: $0.message) })
                for claim in claims { try await bench.settle(claim, .accepted(reference: nil)) }
            }
            #expect(try await bench.kinds(of: claim.message).filter { $0 == .planned }.count == 2)
        },
        Clause("a first device that registers during an attempt is given what was attempted when it is deferred") { bench in
            try await bench.ledger.save(bench.person("alice"))
            try await bench.receive(bench.incoming(), to: [.alicesFirst])
            let claim = try #require(try await bench.claim(.endpoint(.softphone)).first)
            try await bench.ledger.save(bench.binding("alice", "phone"))
            try await bench.ledger.expedite(endpoint: .softphone, person: "alice", device: "phone", now: bench.now)
            try await bench.settle(claim, .deferred(Failure(.notRegistered), until: .distantFuture))
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery.destination) == [.alicesPhone])
        },
        Clause("adoption waits behind what the device is being brought already") { bench in
            try await bench.receive(bench.incoming("old"), to: [.alicesFirst])
            try await bench.receive(bench.incoming("new"), to: [.alicesPhone])
            let claims = try await bench.claim(.endpoint(.softphone))
            #expect(claims.count == 2)
            let old = try #require(claims.first { $0.message.text == "old" })
            try await bench.settle(old, .deferred(Failure(.notRegistered), until: .distantFuture))
            try await bench.ledger.expedite(endpoint: .softphone, person: "alice", device: "phone", now: bench.now)
            #expect(try await bench.claim(.endpoint(.softphone)).isEmpty)
            try await bench.settle(try #require(claims.first { $0.message.text == "new" }), .accepted(reference: nil))
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.message.text) == ["old"])
        },
        Clause("a device that is back makes due what waits for it, and nothing else") { bench in
            let later = bench.now + .seconds(900)
            let others: [Destination] = [
                .device(.softphone, "alice", "laptop"), .device(.softphone, "bob", "phone"), .device("other", "alice", "phone"),
            ]
            try await bench.receive(bench.incoming(), to: [.alicesPhone] + others)
            for claim in try await bench.claim(.endpoint(.softphone)) + (try await bench.claim(.endpoint("other"))) {
                try await bench.settle(claim, .deferred(Failure(.unreachable), until: later))
            }
            try await bench.ledger.expedite(endpoint: .softphone, person: "alice", device: "phone", now: bench.now)
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery.destination) == [.alicesPhone])
            #expect(try await bench.claim(.endpoint("other")).isEmpty)
        },
        Clause("a device stays known when its registration ends, until it is forgotten") { bench in
            try await bench.ledger.save(bench.person("alice"))
            try await bench.ledger.save(bench.binding("alice", "phone"))
            try await bench.ledger.save(bench.binding("alice", "laptop"))
            try await bench.ledger.save(bench.binding("alice", "phone", contact: "sip:new"))
            #expect(try await bench.ledger.devices(of: "alice") == ["phone", "laptop"])
            try await bench.ledger.unregister("alice", "phone")
            try await bench.ledger.unregister("alice", "unknown")
            #expect(try await bench.ledger.bindings(now: bench.now).map(\.device) == ["laptop"])
            #expect(try await bench.ledger.devices(of: "alice") == ["phone", "laptop"])
            try await bench.ledger.forget("alice", "phone", now: bench.now)
            #expect(try await bench.ledger.devices(of: "alice") == ["laptop"])
            #expect(try await bench.ledger.devices(of: "bob").isEmpty)
        },
        Clause("forgetting a device gives up what waits for it") { bench in
            let message = bench.incoming()
            let deliveries = try await bench.receive(message, to: [.alicesPhone, .device(.softphone, "alice", "laptop")])
            try await bench.ledger.forget("alice", "phone", now: bench.now)
            #expect(try await bench.state(of: deliveries[0]) == .failed)
            #expect(try await bench.state(of: deliveries[1]) == .pending)
            #expect(try await bench.claim(.endpoint(.softphone)).map(\.delivery) == [deliveries[1]])
            #expect(try await bench.ledger.timeline(message.id).map(\.detail).contains("Not sent: the device was forgotten."))
        },
        Clause("bindings come back whole, while they last") { bench in
            try await bench.ledger.save(bench.person("alice"))
            let binding = bench.binding("alice", "phone")
            try await bench.ledger.save(binding)
            #expect(try await bench.ledger.bindings(now: bench.now) == [binding])
            #expect(try await bench.ledger.bindings(now: binding.expiresAt - .milliseconds(1)) == [binding])
            #expect(try await bench.ledger.bindings(now: binding.expiresAt).isEmpty)
            await expectConflict { try await bench.ledger.save(bench.binding("nobody", "phone")) }
        },
    ]
}

extension LedgerBench {
    func person(_ id: PersonID, lines: [LineID] = ["home", "office"]) -> Person {
        Person(id: id, lines: lines, credentials: SIPCredentials(realm: "r", ha1MD5: "m", ha1SHA256: "s"))
    }

    func binding(_ person: PersonID, _ device: DeviceID, contact: String = "sip:alice@192.0.2.1;x=\"y,z\"") -> Binding {
        Binding(
            person: person, device: device, contact: contact, path: ["<sip:a;lr>", "<sip:b,c;lr>\n"], flow: "udp 1", callID: "c@d",
            cseq: .max, userAgent: "Linphone/5", registeredAt: now, expiresAt: now + .seconds(3600))
    }
}
