import Exchange
import Telephony
import Testing

extension DeviceContract {
    static let links: [Clause] = [
        Clause("looking at a link does not take it") { bench in
            try await bench.book.save(bench.password, link: bench.link, now: bench.now)
            for source in ["here", "there"] {
                #expect(try await bench.book.provisioningLink(bench.link.hash, from: source, now: bench.now)?.ruling == .given)
            }
            #expect(try await bench.book.take(bench.link.hash, from: "there", now: bench.now)?.password == bench.password)
            #expect(try await bench.book.provisioningLink(bench.another().id.description, from: "here", now: bench.now) == nil)
        },
        Clause("a link is given to one source, which may fetch again for a while") { bench in
            try await bench.book.save(bench.password, link: bench.link, now: bench.now)
            #expect(try await bench.take() == .given)
            #expect(try await bench.take(from: "there") == .spent)
            bench.clock.advance(by: ProvisioningLink.patience - .milliseconds(1))
            #expect(try await bench.take() == .given)
            bench.clock.advance(by: .milliseconds(1))
            #expect(try await bench.take() == .spent)
        },
        Clause("a link is spent when an app has registered by it") { bench in
            try await bench.book.save(bench.password, link: bench.link, now: bench.now)
            #expect(try await bench.take() == .given)
            try await bench.book.save(bench.binding("phone", password: bench.password.id))
            #expect(try await bench.take() == .spent)
            try await bench.book.unregister("alice", "phone")
            #expect(try await bench.take() == .spent)
        },
        Clause("a link that nobody came for has expired, is remembered for a day, and then forgotten with its password") { bench in
            try await bench.book.save(bench.password, link: bench.link, now: bench.now)
            bench.clock.advance(by: ProvisioningLink.lifetime)
            #expect(try await bench.take() == .expired)
            bench.clock.advance(by: RuledLink.memory + .milliseconds(1))
            try await bench.book.save(bench.another(), link: nil, now: bench.now)
            #expect(try await bench.take() == nil)
            #expect(try await bench.book.appPasswords(of: "alice") == [bench.another()])
        },
        Clause("a link that was fetched is forgotten too, but not the password that it gave away") { bench in
            try await bench.book.save(bench.password, link: bench.link, now: bench.now)
            #expect(try await bench.take() == .given)
            bench.clock.advance(by: ProvisioningLink.lifetime + RuledLink.memory + .milliseconds(1))
            try await bench.book.save(bench.another(), link: nil, now: bench.now)
            #expect(try await bench.take() == nil)
            #expect(try await bench.book.appPasswords(of: "alice") == [bench.password, bench.another()])
        },
    ]
}
