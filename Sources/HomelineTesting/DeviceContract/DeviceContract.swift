import Exchange
import Telephony
import Testing

/// What every book of devices promises, run on each implementation.
public enum DeviceContract {
    public struct Clause: Sendable, CustomTestStringConvertible {
        public let sentence: String
        public let check: @Sendable (DeviceBench) async throws -> Void

        init(_ sentence: String, _ check: @escaping @Sendable (DeviceBench) async throws -> Void) {
            self.sentence = sentence
            self.check = check
        }

        public var testDescription: String { sentence }
    }

    public static let clauses = records + passwords + links

    static let records: [Clause] = [
        Clause("a device is known by what it last said, also when it is away") { bench in
            let (phone, laptop) = (bench.binding("phone"), bench.binding("laptop", password: bench.password.id))
            try await bench.book.save(bench.password, link: nil, now: bench.now)
            for binding in [phone, laptop] { try await bench.book.save(binding) }
            #expect(try await bench.book.deviceRecords(of: "alice") == [bench.record(of: phone), bench.record(of: laptop)])
            try await bench.book.unregister("alice", "phone")
            #expect(try await bench.book.deviceRecords(of: "alice").first == bench.record(takenBack: phone))
            bench.clock.advance(by: .seconds(60))
            let again = bench.binding("phone", userAgent: "Linphone/6", password: bench.password.id)
            try await bench.book.save(again)
            #expect(try await bench.book.deviceRecords(of: "alice").first == bench.record(of: again))
            #expect(try await bench.book.bindings(now: bench.now) == [again, laptop])
            #expect(try await bench.book.deviceRecords(of: "bob").isEmpty)
        },
        Clause("forgetting the last device of a password forgets the password, and is news for who holds persons in memory") { bench in
            try await bench.book.save(bench.password, link: nil, now: bench.now)
            for name in ["phone", "laptop"] as [DeviceID] { try await bench.book.save(bench.binding(name, password: bench.password.id)) }
            let before = try await bench.book.directoryVersion()
            try await bench.book.forget("alice", "phone", now: bench.now)
            #expect(try await bench.book.directoryVersion() > before)
            #expect(try await bench.book.appPasswords(of: "alice") == [bench.password])
            try await bench.book.forget("alice", "laptop", now: bench.now)
            #expect(try await bench.book.appPasswords(of: "alice").isEmpty)
        },
    ]

    static let passwords: [Clause] = [
        Clause("a password of an app comes with its person, who keeps it when they are saved anew") { bench in
            let before = try await bench.book.directoryVersion()
            try await bench.book.save(bench.password, link: nil, now: bench.now)
            #expect(try await bench.book.directoryVersion() > before)
            try await bench.book.save(bench.person)
            #expect(try await bench.book.persons().map(\.apps) == [[bench.password]])
            #expect(try await bench.book.appPasswords(of: "bob").isEmpty)
            await expectConflict { try await bench.book.save(bench.another(of: "nobody"), link: nil, now: bench.now) }
        },
        Clause("another password of a person's own ends the registrations by the one before it, and none by a password of an app") { bench in
            try await bench.book.save(bench.password, link: nil, now: bench.now)
            let own = bench.binding("laptop", password: bench.password.id)
            for binding in [bench.binding("phone"), own] { try await bench.book.save(binding) }
            try await bench.book.save(Person(id: "alice", lines: ["home", "office"], credentials: bench.person.credentials))
            #expect(try await bench.book.bindings(now: bench.now).count == 2)
            try await bench.book.save(Person(id: "alice", lines: ["home"], credentials: SIPCredentials(realm: "r", ha1MD5: "n", ha1SHA256: "t")))
            #expect(try await bench.book.bindings(now: bench.now) == [own])
            // The device is the same still, and what is kept for it stays.
            #expect(try await bench.book.devices(of: "alice") == ["phone", "laptop"])
        },
        Clause("removing a password forgets the devices that used it, and nobody else's") { bench in
            try await bench.book.save(bench.password, link: nil, now: bench.now)
            try await bench.book.save(bench.binding("phone", password: bench.password.id))
            try await bench.book.save(bench.binding("laptop"))
            #expect(try await bench.book.remove(bench.password.id, now: bench.now))
            #expect(try await bench.book.devices(of: "alice") == ["laptop"])
            #expect(try await bench.book.remove(bench.password.id, now: bench.now) == false)
            try await bench.book.save(bench.another(), link: nil, now: bench.now)
            #expect(try await bench.book.remove(bench.another().id, now: bench.now))
            #expect(try await bench.book.persons().map(\.apps) == [[]])
        },
        Clause("a person's passwords and links go with them") { bench in
            try await bench.book.save(bench.password, link: bench.link, now: bench.now)
            try await bench.book.remove("alice", now: bench.now)
            #expect(try await bench.book.appPasswords(of: "alice").isEmpty)
            #expect(try await bench.book.take(bench.link.hash, from: "here", now: bench.now) == nil)
        },
    ]
}
