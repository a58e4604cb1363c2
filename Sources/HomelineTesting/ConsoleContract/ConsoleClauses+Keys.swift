import Exchange
import Telephony
import Testing

private let start = Instant(seconds: 1_700_000_000)

extension ConsoleContract {
    static let browsers: [Clause] = [
        Clause("a browser's secret is renewed, and the old one serves a little longer") { ledger in
            try await ledger.save(account("alice"), keeping: nil)
            let old = signIn("a", "alice")
            try await ledger.save(old)
            let new = SignIn(hash: hash("b"), series: old.series, person: "alice", startedAt: start, seenAt: start, renewedAt: start + .seconds(9), browser: "x")
            try await ledger.renew(new, replacing: old.hash, until: start + .seconds(60))
            #expect(try await ledger.signIn(old.hash)?.endsAt == start + .seconds(60))
            #expect(try await ledger.signIn(new.hash) == new)
            try await ledger.renew(signIn("c", "alice"), replacing: old.hash, until: start + .seconds(90))
            #expect(try await ledger.signIn(old.hash)?.endsAt == start + .seconds(60))
            await expectConflict { try await ledger.renew(signIn("e", "alice"), replacing: hash("d"), until: start) }
        },
        Clause("browsers are listed once each, the last seen first") { ledger in
            for name in ["alice", "bob"] as [PersonID] { try await ledger.save(account(name), keeping: nil) }
            var first = signIn("a", "alice")
            let second = signIn("b", "alice", seen: 50)
            for one in [first, second, signIn("c", "bob")] { try await ledger.save(one) }
            #expect(try await ledger.signIns(of: "alice").map(\.hash) == [second.hash, first.hash])
            first.seenAt = start + .seconds(99)
            first.place = "192.0.2.1"
            #expect(try await ledger.noteSeen(first.hash, at: first.seenAt, place: first.place))
            #expect(try await ledger.signIns(of: "alice") == [first, second])
            let renewed = SignIn(
                hash: hash("d"), series: first.series, person: "alice", startedAt: start, seenAt: start + .seconds(99), renewedAt: start + .seconds(99))
            try await ledger.renew(renewed, replacing: first.hash, until: start + .seconds(100))
            #expect(try await ledger.signIns(of: "alice") == [renewed, second])
        },
        Clause("a browser is signed out with all its secrets, by its person alone") { ledger in
            for name in ["alice", "bob"] as [PersonID] { try await ledger.save(account(name), keeping: nil) }
            let old = signIn("a", "alice")
            for one in [old, signIn("b", "alice"), signIn("c", "bob")] { try await ledger.save(one) }
            let new = SignIn(hash: hash("d"), series: old.series, person: "alice", startedAt: start, seenAt: start)
            try await ledger.renew(new, replacing: old.hash, until: start)
            #expect(try await ledger.end(old.series, of: "bob") == false)
            #expect(try await ledger.end(old.series, of: "alice"))
            #expect(try await ledger.end(old.series, of: "alice") == false)
            #expect(try await ledger.signIn(new.hash) == nil)
            #expect(try await ledger.signIn(old.hash) == nil)
            try await ledger.save(signIn("e", "alice"))
            try await ledger.endSignIns(of: "alice", but: hash("e"))
            #expect(try await ledger.signIns(of: "alice").map(\.hash) == [hash("e")])
            try await ledger.endSignIns(of: "alice", but: nil)
            #expect(try await ledger.signIns(of: "alice").isEmpty)
            #expect(try await ledger.signIn(hash("c")) != nil)
        },
        Clause("it is known when a token was used, as long as there is one") { ledger in
            try await ledger.save(Token(name: "app", hash: hash("a"), scopes: [.read], createdAt: start, expiresAt: nil))
            try await ledger.noteUse(ofToken: "app", at: start)
            try await ledger.noteUse(ofToken: "app", at: start + .seconds(1))
            try await ledger.noteUse(ofToken: "other", at: start)
            #expect(try await ledger.tokenUses() == ["app": start + .seconds(1)])
            _ = try await ledger.removeToken(named: "app")
            #expect(try await ledger.tokenUses().isEmpty)
        },
    ]

    static let codes: [Clause] = [
        Clause("a secret of codes counts once it is confirmed, and each step once") { ledger in
            await expectConflict { try await ledger.save(secret("alice")) }
            try await ledger.save(account("alice"), keeping: nil)
            await expectConflict { try await ledger.confirmCodes(of: "alice", step: 1, recoveryCodes: [], at: start) }
            try await ledger.save(secret("alice"))
            #expect(try await ledger.codeSecret(of: "alice") == secret("alice"))
            try await ledger.confirmCodes(of: "alice", step: 7, recoveryCodes: [hash("a"), hash("b")], at: start)
            await expectConflict { try await ledger.confirmCodes(of: "alice", step: 8, recoveryCodes: [], at: start) }
            #expect(try await ledger.codeSecret(of: "alice")?.confirmedAt == start)
            #expect(try await ledger.useStep(7, of: "alice") == false)
            #expect(try await ledger.useStep(9, of: "alice"))
            #expect(try await ledger.useStep(9, of: "alice") == false)
            #expect(try await ledger.useStep(8, of: "alice") == false)
            #expect(try await ledger.useStep(9, of: "bob") == false)
            #expect(try await ledger.recoveryCodes(of: "alice") == 2)
        },
        Clause("a recovery code is good once, and new ones take the place of old ones") { ledger in
            for name in ["alice", "bob"] as [PersonID] { try await ledger.save(account(name), keeping: nil) }
            try await ledger.save(recoveryCodes: [hash("a"), hash("b")], of: "alice")
            #expect(try await ledger.useRecoveryCode(hash("a"), of: "bob") == false)
            #expect(try await ledger.useRecoveryCode(hash("a"), of: "alice"))
            #expect(try await ledger.useRecoveryCode(hash("a"), of: "alice") == false)
            try await ledger.save(recoveryCodes: [hash("c")], of: "alice")
            #expect(try await ledger.useRecoveryCode(hash("b"), of: "alice") == false)
            #expect(try await ledger.recoveryCodes(of: "alice") == 1)
            try await ledger.save(secret("alice"))
            #expect(try await ledger.removeCodes(of: "alice"))
            #expect(try await ledger.removeCodes(of: "alice") == false)
            #expect(try await ledger.recoveryCodes(of: "alice") == 0)
            #expect(try await ledger.codeSecret(of: "alice") == nil)
        },
    ]

    static let passkeys: [Clause] = [
        Clause("a passkey is one person's, and known by its ID") { ledger in
            await expectConflict { try await ledger.add(passkey(1, "alice")) }
            for name in ["alice", "bob"] as [PersonID] { try await ledger.save(account(name), keeping: nil) }
            for one in [passkey(1, "alice"), passkey(2, "alice"), passkey(3, "bob")] { try await ledger.add(one) }
            await expectConflict { try await ledger.add(passkey(1, "bob")) }
            #expect(try await ledger.passkeys(of: "alice") == [passkey(1, "alice"), passkey(2, "alice")])
            #expect(try await ledger.passkey([3, 3]) == passkey(3, "bob"))
            #expect(try await ledger.passkey([4]) == nil)
            #expect(try await ledger.renamePasskey([1, 1], of: "bob", to: "x") == false)
            #expect(try await ledger.renamePasskey([1, 1], of: "alice", to: "x"))
            #expect(try await ledger.passkey([1, 1])?.name == "x")
            #expect(try await ledger.removePasskey([1, 1], of: "bob") == false)
            #expect(try await ledger.removePasskey([1, 1], of: "alice"))
            #expect(try await ledger.passkey([1, 1]) == nil)
        },
        Clause("a passkey's counter never goes back") { ledger in
            try await ledger.save(account("alice"), keeping: nil)
            try await ledger.add(passkey(1, "alice"))
            try await ledger.usePasskey([1, 1], count: 9, at: start + .seconds(1))
            try await ledger.usePasskey([1, 1], count: 5, at: start + .seconds(2))
            let found = try await ledger.passkey([1, 1])
            #expect(found?.count == 9 && found?.usedAt == start + .seconds(2))
        },
        Clause("an account can begin with a passkey, and ends with all it signs in with") { ledger in
            let invitation = Invitation(hash: hash("1"), person: nil, role: .owner, expiresAt: start + .seconds(9))
            try await ledger.save(invitation, now: start)
            try await ledger.accept(invitation.hash, as: account("alice"), with: passkey(1, "alice"), now: start)
            await expectConflict { try await ledger.accept(invitation.hash, as: account("eve"), with: passkey(2, "eve"), now: start) }
            let second = Invitation(hash: hash("2"), person: nil, role: .owner, expiresAt: start + .seconds(9))
            try await ledger.save(second, now: start)
            await expectConflict { try await ledger.accept(second.hash, as: account("bob"), with: passkey(1, "bob"), now: start) }
            #expect(try await ledger.accounts().map(\.person) == ["alice"])
            #expect(try await ledger.invitation(second.hash, now: start) == second)
            try await ledger.save(secret("alice"))
            try await ledger.save(recoveryCodes: [hash("a")], of: "alice")
            _ = try await ledger.removeAccount(of: "alice")
            #expect(try await ledger.passkey([1, 1]) == nil)
            #expect(try await ledger.codeSecret(of: "alice") == nil)
            #expect(try await ledger.recoveryCodes(of: "alice") == 0)
        },
    ]

    static let audit: [Clause] = [
        Clause("what was done is read from the end, page by page") { ledger in
            for (index, act) in [AuditEntry.Act.signedIn, .tokenMade, .lineRestarted].enumerated() {
                try await ledger.note(
                    AuditEntry(at: start + .seconds(Int64(index)), act: act, person: index == 2 ? nil : "alice", place: "192.0.2.1", about: "n\(index)"))
            }
            let latest = try await ledger.auditEntries(before: nil, limit: 2)
            #expect(latest.map(\.act) == [.lineRestarted, .tokenMade] && latest.map(\.person) == [nil, "alice"])
            #expect(latest.map(\.about) == ["n2", "n1"] && latest.first?.place == "192.0.2.1" && latest.first?.at == start + .seconds(2))
            #expect(try await ledger.auditEntries(before: latest.last?.sequence, limit: 9).map(\.act) == [.signedIn])
        }
    ]
}

private func hash(_ letter: Character) -> String { String(repeating: letter, count: 64) }

private func account(_ person: PersonID) -> Account { Account(person: person, role: .owner, password: "hash", createdAt: start) }

private func signIn(_ letter: Character, _ person: PersonID, seen: Int64 = 0) -> SignIn {
    SignIn(hash: hash(letter), person: person, startedAt: start, seenAt: start + .seconds(seen), browser: "Firefox on Linux")
}

private func secret(_ person: PersonID) -> CodeSecret { CodeSecret(person: person, sealed: [1, 2, 3], createdAt: start) }

private func passkey(_ number: UInt8, _ person: PersonID) -> Passkey {
    Passkey(
        id: [number, number], person: person, handle: [7], key: [8, number], site: "localhost", name: "phone", count: 0,
        createdAt: start + .seconds(Int64(number)))
}
