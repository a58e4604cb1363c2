import Exchange
import Telephony
import Testing

extension LedgerContract {
    static let accounts: [Clause] = [
        Clause("accounts are saved, changed and removed by name, and their browsers go with them") { bench in
            let alice = bench.account("alice", password: "one")
            try await bench.ledger.save(bench.account("bob", role: .member), keeping: nil)
            try await bench.ledger.save(alice, keeping: nil)
            #expect(try await bench.ledger.accounts() == [alice, bench.account("bob", role: .member)])
            try await bench.ledger.save(bench.signIn("a", "alice"))
            let moved = Account(person: "alice", role: .owner, password: "one", timeZone: "Europe/Zurich", createdAt: bench.now)
            try await bench.ledger.save(moved, keeping: nil)
            #expect(try await bench.ledger.accounts().first == moved)
            #expect(try await bench.ledger.signIn(bench.signIn("a", "alice").hash) != nil)
            #expect(try await bench.ledger.removeAccount(of: "alice"))
            #expect(try await bench.ledger.removeAccount(of: "alice") == false)
            #expect(try await bench.ledger.signIn(bench.signIn("a", "alice").hash) == nil)
            await expectConflict { try await bench.ledger.save(bench.signIn("b", "alice")) }
        },
        Clause("a new password signs out every other browser") { bench in
            try await bench.ledger.save(bench.account("alice", password: "one"), keeping: nil)
            try await bench.ledger.save(bench.account("bob"), keeping: nil)
            for one in [bench.signIn("a", "alice"), bench.signIn("b", "alice"), bench.signIn("c", "bob")] { try await bench.ledger.save(one) }
            try await bench.ledger.save(bench.account("alice", password: "two"), keeping: bench.signIn("b", "alice").hash)
            #expect(try await bench.ledger.signIn(bench.signIn("a", "alice").hash) == nil)
            #expect(try await bench.ledger.signIn(bench.signIn("b", "alice").hash) != nil)
            #expect(try await bench.ledger.signIn(bench.signIn("c", "bob").hash) != nil)
        },
        Clause("a browser is known until it is signed out, or was not used for long, or is old") { bench in
            try await bench.ledger.save(bench.account("alice"), keeping: nil)
            var one = bench.signIn("a", "alice")
            try await bench.ledger.save(one)
            try await bench.ledger.save(bench.signIn("b", "alice"))
            bench.clock.advance(by: .seconds(100))
            one.seenAt = bench.now
            one.place = "192.0.2.1"
            #expect(try await bench.ledger.noteSeen(one.hash, at: one.seenAt, place: one.place))
            #expect(try await bench.ledger.signIn(one.hash) == one)
            try await bench.ledger.signOut(seenBefore: bench.now - .seconds(50), startedBefore: bench.now - .seconds(500))
            #expect(try await bench.ledger.signIn(bench.signIn("b", "alice").hash) == nil)
            #expect(try await bench.ledger.signIn(one.hash) == one)
            try await bench.ledger.signOut(seenBefore: bench.now - .seconds(500), startedBefore: bench.now - .seconds(50))
            #expect(try await bench.ledger.signIn(one.hash) == nil)
            try await bench.ledger.save(one)
            try await bench.ledger.signOut(one.hash)
            try await bench.ledger.signOut(one.hash)
            #expect(try await bench.ledger.noteSeen(one.hash, at: bench.now, place: "") == false)
            #expect(try await bench.ledger.signIn(one.hash) == nil)
        },
        Clause("a password takes the place of the one that was checked alone, and signs out every other browser") { bench in
            try await bench.ledger.save(bench.account("alice", role: .member, password: "one"), keeping: nil)
            try await bench.ledger.save(bench.account("bob"), keeping: nil)
            for one in [bench.signIn("a", "alice"), bench.signIn("b", "alice"), bench.signIn("c", "bob")] { try await bench.ledger.save(one) }
            try await bench.ledger.change(passwordOf: "alice", from: "one", to: "two", keeping: bench.signIn("b", "alice").hash)
            let changed = bench.account("alice", role: .member, password: "two")
            #expect(try await bench.ledger.accounts().first == changed)
            #expect(try await bench.ledger.signIn(bench.signIn("a", "alice").hash) == nil)
            #expect(try await bench.ledger.signIn(bench.signIn("b", "alice").hash) != nil)
            #expect(try await bench.ledger.signIn(bench.signIn("c", "bob").hash) != nil)
            await expectConflict { try await bench.ledger.change(passwordOf: "alice", from: "one", to: "three", keeping: nil) }
            #expect(try await bench.ledger.accounts().first == changed)
            #expect(try await bench.ledger.signIn(bench.signIn("b", "alice").hash) != nil)
        },
        Clause("who showed a password is signed in while it is the account's") { bench in
            try await bench.ledger.save(bench.account("alice", password: "one"), keeping: nil)
            try await bench.ledger.save(bench.signIn("a", "alice"), provenBy: "one")
            #expect(try await bench.ledger.signIn(bench.signIn("a", "alice").hash) == bench.signIn("a", "alice"))
            try await bench.ledger.change(passwordOf: "alice", from: "one", to: "two", keeping: nil)
            await expectConflict { try await bench.ledger.save(bench.signIn("b", "alice"), provenBy: "one") }
            await expectConflict { try await bench.ledger.save(bench.signIn("b", "bob"), provenBy: "one") }
            #expect(try await bench.ledger.signIn(bench.signIn("b", "alice").hash) == nil)
        },
        Clause("a time zone changes nothing else") { bench in
            try await bench.ledger.save(bench.account("alice", role: .member, password: "one"), keeping: nil)
            try await bench.ledger.save(timeZone: "Europe/Zurich", of: "alice")
            let moved = Account(person: "alice", role: .member, password: "one", timeZone: "Europe/Zurich", createdAt: Instant(seconds: 1_700_000_000))
            #expect(try await bench.ledger.accounts() == [moved])
        },
        Clause("an account that was removed is not made again by what is changed of it") { bench in
            try await bench.ledger.save(bench.account("alice", password: "one"), keeping: nil)
            _ = try await bench.ledger.removeAccount(of: "alice")
            await expectConflict { try await bench.ledger.save(timeZone: "Europe/Zurich", of: "alice") }
            await expectConflict { try await bench.ledger.change(passwordOf: "alice", from: "one", to: "two", keeping: nil) }
            #expect(try await bench.ledger.accounts().isEmpty)
        },
        Clause("an invitation ends with its person, their account, or a newer one") { bench in
            let old = bench.invitation("1", for: "alice"), new = bench.invitation("2", for: "alice")
            let others = [bench.invitation("3"), bench.invitation("4", for: "bob")]
            for one in [old] + others + [new] { try await bench.ledger.save(one, now: bench.now) }
            #expect(try await bench.ledger.invitation(old.hash, now: bench.now) == nil)
            #expect(try await bench.ledger.invitation(new.hash, now: bench.now) == new)
            try await bench.ledger.save(bench.account("alice"), keeping: nil)
            #expect(try await bench.ledger.removeAccount(of: "alice"))
            #expect(try await bench.ledger.invitation(new.hash, now: bench.now) == nil)
            try await bench.ledger.save(old, now: bench.now)
            let credentials = SIPCredentials(realm: "home", ha1MD5: "", ha1SHA256: "")
            try await bench.ledger.save(Person(id: "alice", lines: [], credentials: credentials))
            try await bench.ledger.remove("alice", now: bench.now)
            #expect(try await bench.ledger.invitation(old.hash, now: bench.now) == nil)
            for one in others { #expect(try await bench.ledger.invitation(one.hash, now: bench.now) == one) }
        },
        Clause("an invitation ends with the password that whoever made it may have known") { bench in
            let own = bench.invitation("1", for: "alice"), others = [bench.invitation("2", for: "bob"), bench.invitation("3")]
            for name in ["alice", "bob"] as [PersonID] { try await bench.ledger.save(bench.account(name, password: "one"), keeping: nil) }
            for one in [own] + others { try await bench.ledger.save(one, now: bench.now) }
            try await bench.ledger.save(timeZone: "Europe/Zurich", of: "alice")
            #expect(try await bench.ledger.invitation(own.hash, now: bench.now) == own)
            try await bench.ledger.change(passwordOf: "alice", from: "one", to: "two", keeping: nil)
            #expect(try await bench.ledger.invitation(own.hash, now: bench.now) == nil)
            await expectConflict { try await bench.ledger.accept(own.hash, as: bench.account("alice", password: "three"), now: bench.now) }
            try await bench.ledger.save(own, now: bench.now)
            try await bench.ledger.save(bench.account("alice", password: "four"), keeping: nil)
            #expect(try await bench.ledger.invitation(own.hash, now: bench.now) == nil)
            for one in others { #expect(try await bench.ledger.invitation(one.hash, now: bench.now) == one) }
        },
        Clause("an invitation that names nobody takes nobody's account, and is not used up by it") { bench in
            let open = bench.invitation("1"), own = bench.invitation("2", for: "alice")
            for one in [open, own] { try await bench.ledger.save(one, now: bench.now) }
            try await bench.ledger.save(bench.account("alice"), keeping: nil)
            await expectConflict { try await bench.ledger.accept(open.hash, as: bench.account("alice", password: "other"), now: bench.now) }
            #expect(try await bench.ledger.accounts() == [bench.account("alice")])
            #expect(try await bench.ledger.invitation(open.hash, now: bench.now) == open)
            try await bench.ledger.accept(own.hash, as: bench.account("alice", password: "other"), now: bench.now)
            #expect(try await bench.ledger.accounts() == [bench.account("alice", password: "other")])
        },
        Clause("by an invitation that names nobody a member gets nobody's lines, and an owner may have their apps' name") { bench in
            let open = bench.invitation("1"), own = bench.invitation("2", for: "bob")
            for one in [open, own] { try await bench.ledger.save(one, now: bench.now) }
            for name in ["alice", "bob"] as [PersonID] {
                try await bench.ledger.save(Person(id: name, lines: ["home"], credentials: SIPCredentials(realm: "home", ha1MD5: "", ha1SHA256: "")))
            }
            await expectConflict { try await bench.ledger.accept(open.hash, as: bench.account("alice", role: .member), now: bench.now) }
            #expect(try await bench.ledger.accounts().isEmpty)
            #expect(try await bench.ledger.invitation(open.hash, now: bench.now) == open)
            try await bench.ledger.accept(own.hash, as: bench.account("bob", role: .member), now: bench.now)
            try await bench.ledger.accept(open.hash, as: bench.account("alice"), now: bench.now)
            #expect(try await Set(bench.ledger.accounts().map(\.person)) == ["alice", "bob"])
        },
        Clause("an invitation is good once, until it expires") { bench in
            let first = bench.invitation("1"), second = bench.invitation("2", for: "bob")
            try await bench.ledger.save(first, now: bench.now)
            try await bench.ledger.save(second, now: bench.now)
            #expect(try await bench.ledger.invitation(second.hash, now: bench.now) == second)
            try await bench.ledger.accept(first.hash, as: bench.account("alice"), now: bench.now)
            #expect(try await bench.ledger.accounts().map(\.person) == ["alice"])
            #expect(try await bench.ledger.invitation(first.hash, now: bench.now) == nil)
            await expectConflict { try await bench.ledger.accept(first.hash, as: bench.account("eve"), now: bench.now) }
            bench.clock.advance(by: .seconds(3600))
            #expect(try await bench.ledger.invitation(second.hash, now: bench.now) == nil)
            await expectConflict { try await bench.ledger.accept(second.hash, as: bench.account("bob"), now: bench.now) }
            #expect(try await bench.ledger.accounts().map(\.person) == ["alice"])
        },
    ]
}

extension LedgerBench {
    fileprivate func account(_ person: PersonID, role: Account.Role = .owner, password: String = "hash") -> Account {
        Account(person: person, role: role, password: password, createdAt: Instant(seconds: 1_700_000_000))
    }

    fileprivate func signIn(_ name: Character, _ person: PersonID) -> SignIn {
        SignIn(hash: String(repeating: name, count: 64), person: person, startedAt: now, seenAt: now)
    }

    fileprivate func invitation(_ name: Character, for person: PersonID? = nil) -> Invitation {
        Invitation(hash: String(repeating: name, count: 64), person: person, role: .owner, expiresAt: now + .seconds(3600))
    }
}
