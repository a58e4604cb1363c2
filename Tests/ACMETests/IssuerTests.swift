import Certificates
import Exchange
import Foundation
import HTTPStack
import HomelineTesting
import Logging
import Synchronization
import Telephony
import Testing

@testable import ACME

/// The whole issuer over an authority of the test's own; time stands still, and pauses end at once.
@Suite(.timeLimit(.minutes(10))) struct IssuerTests {
    /// An issuer with its place.
    private struct Bench {
        let clock = ManualClock()
        let directory: TemporaryDirectory
        let store: CertificateStore
        let authority: ScriptedAuthority
        let proofs = Proofs()
        var names = ["sms.example.org"]
        var url = "https://ca.example/directory"
        var contact = "mailto:you@example.org"
        var externalAccount: ExternalAccount?

        init() throws {
            directory = try TemporaryDirectory()
            store = CertificateStore(directory: directory.file("certificates"))
            authority = ScriptedAuthority(clock: clock)
        }

        func issuer(door: ProofDoor? = nil, pause: @escaping Pause = { _ in await Task.yield() }) throws -> Issuer {
            let settings = IssuerSettings(
                directory: try #require(WebURL(url)), names: names, contact: [contact], challenge: .http, externalAccount: externalAccount)
            return Issuer(
                settings, store: store, proofs: proofs, web: authority, agent: "homeline", door: door, mint: .repeatable(clock), pause: pause,
                log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        }

        /// Runs it until an attempt has ended.
        func attempt(_ issuer: Issuer) async -> IssuerState {
            let before = await issuer.state().attempts
            await withTaskGroup(of: Void.self) { group in
                group.addTask { try? await issuer.run() }
                while await issuer.state().attempts == before { await Task.yield() }
                group.cancelAll()
            }
            return await issuer.state()
        }
    }

    @Test func `a certificate is had, with its key, in one private file, and lasts until two thirds of its life`() async throws {
        let bench = try Bench()
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure == nil && state.health(at: bench.clock.now()).state == .working)
        #expect(state.next == bench.clock.now() + .seconds(60 * 86_400))
        let finding = CertificateFinding.about(bench.store.authorised, servingAs: ["sms.example.org"], now: bench.clock.now())
        #expect(finding.verdict == .good, "\(finding.sentence)")
        let mode = try FileManager.default.attributesOfItem(atPath: bench.store.authorised.chain)[.posixPermissions] as? Int
        let folder = try FileManager.default.attributesOfItem(atPath: bench.store.directory)[.posixPermissions] as? Int
        #expect(mode == 0o600 && folder == 0o700)
        #expect(bench.authority.payload("/new-account")?["contact"] == ["mailto:you@example.org"])
    }

    @Test func `stale nonces are nothing to give up for`() async throws {
        let bench = try Bench()
        bench.authority.be { $0.staleNonces = AuthorityClient.nonceTries - 1 }
        #expect(await bench.attempt(try bench.issuer()).lastFailure == nil)
    }

    @Test func `nonces that are all stale are`() async throws {
        let bench = try Bench()
        bench.authority.be { $0.staleNonces = 1000 }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure?.contains("took none of our nonces") == true)
    }

    @Test func `the account is made once, and again where it was forgotten`() async throws {
        let bench = try Bench()
        let issuer = try bench.issuer()
        _ = await bench.attempt(issuer)
        bench.clock.advance(by: .seconds(61 * 86_400))
        _ = await bench.attempt(issuer)
        #expect(bench.authority.paths.count { $0 == "/new-account" } == 1)
        bench.authority.forgetAccounts()
        // A daemon that was started anew.
        let again = try bench.issuer()
        await again.renewNow()
        #expect(await bench.attempt(again).lastFailure == nil)
        #expect(bench.authority.paths.count { $0 == "/new-account" } == 2)
    }

    @Test func `another contact is told to the authority`() async throws {
        var bench = try Bench()
        _ = await bench.attempt(try bench.issuer())
        #expect(bench.authority.payload("/account/1") == nil)
        bench.contact = "mailto:other@example.org"
        let again = try bench.issuer()
        await again.renewNow()
        #expect(await bench.attempt(again).lastFailure == nil)
        #expect(bench.authority.payload("/account/1")?["contact"] == ["mailto:other@example.org"])
    }

    @Test func `a refused proof is told in plain words, and leaves the old certificate`() async throws {
        let bench = try Bench()
        _ = await bench.attempt(try bench.issuer())
        let before = bench.store.read(bench.store.authorised.chain)
        bench.clock.advance(by: .seconds(61 * 86_400))
        bench.authority.be { $0.believes = false }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure == "No new certificate: the validation of sms.example.org: no such name (dns).")
        #expect(state.lastAdvice?.contains("A and AAAA records") == true)
        #expect(state.health(at: bench.clock.now()).state == .impaired)
        #expect(bench.store.read(bench.store.authorised.chain) == before)
    }

    @Test func `a limit is waited for, also by a daemon that is started again`() async throws {
        let bench = try Bench()
        let refusal = OutgoingAnswer(
            status: 429, headers: [("Retry-After", "7200")],
            body: Array(#"{"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many certificates (5) already issued"}"#.utf8))
        bench.authority.be { $0.refusals["/new-order"] = refusal }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure?.contains("too many were asked for (too many certificates (5) already issued)") == true)
        #expect(state.next >= bench.clock.now() + .seconds(7200))
        #expect(state.health(at: bench.clock.now()).state == .down)
        #expect(await (try bench.issuer()).state().next == state.next)
    }

    @Test func `a certificate that is due as soon as it is had is not ordered again at once`() async throws {
        let bench = try Bench()
        // Seen from a house whose clock is seventy days ahead.
        bench.authority.be { $0.age = 70 * 86_400 }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure == nil && state.end == bench.clock.now() + .seconds(20 * 86_400))
        #expect(state.next == bench.clock.now() + .seconds(20 * 86_400 / 3))
        #expect(await (try bench.issuer()).state().next == state.next)
        // One that is gone is another thing.
        #expect(unlink(bench.store.authorised.chain) == 0)
        #expect(await (try bench.issuer()).state().next < bench.clock.now())
    }

    @Test func `a clock that was set back makes nothing wait for the time that it showed`() async throws {
        let bench = try Bench()
        bench.authority.be { $0.isAway = true }
        let before = bench.clock.now()
        bench.clock.advance(by: .seconds(365 * 86_400))
        _ = await bench.attempt(try bench.issuer())
        bench.clock.set(before)
        #expect(await (try bench.issuer()).state().next <= before)
    }

    @Test func `an order that is cut short by the end of the daemon has not failed`() async throws {
        let bench = try Bench()
        let (pauses, pause) = AsyncStream<Void>.makeStream()
        let issuer = try bench.issuer { _ in
            pause.yield()
            try await Task.sleep(for: .seconds(600))
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await issuer.run() }
            var first = pauses.makeAsyncIterator()
            await first.next()
            group.cancelAll()
        }
        #expect(await issuer.state().lastFailure == nil)
        #expect(await (try bench.issuer()).state().next < bench.clock.now())
        // What was agreed upon before is kept.
        #expect(await bench.attempt(try bench.issuer()).lastFailure == nil)
        #expect(bench.authority.paths.count { $0 == "/new-account" } == 1)
    }

    @Test func `who asks for a certificate while one is ordered is not given two`() async throws {
        let bench = try Bench()
        let asking = Mutex<Issuer?>(nil)
        let (waits, wait) = AsyncStream<Void>.makeStream()
        let issuer = try bench.issuer { duration in
            if duration >= .seconds(3600) {
                wait.yield()
                try await Task.sleep(for: .seconds(600))
            }
            let once = asking.withLock { issuer in
                defer { issuer = nil }
                return issuer
            }
            await once?.renewNow()
        }
        asking.withLock { $0 = issuer }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await issuer.run() }
            var first = waits.makeAsyncIterator()
            await first.next()
            group.cancelAll()
        }
        #expect(bench.authority.paths.count { $0 == "/new-order" } == 1)
        #expect(await issuer.state().attempts == 1)
    }

    @Test func `other names are not kept waiting by the failure of the former`() async throws {
        var bench = try Bench()
        bench.authority.be { $0.isAway = true }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure?.contains("does not answer (ca.example)") == true)
        bench.names = ["other.example.org"]
        #expect(await (try bench.issuer()).state().next < bench.clock.now())
    }

    @Test func `a certificate of another authority or for other names is ordered anew`() async throws {
        var bench = try Bench()
        _ = await bench.attempt(try bench.issuer())
        bench.names = ["sms.example.org", "sip.example.org"]
        #expect(await (try bench.issuer()).state().next < bench.clock.now())
        bench.names = ["sms.example.org"]
        bench.url = "https://other.example/directory"
        #expect(await (try bench.issuer()).state().next < bench.clock.now())
    }

    @Test func `an authority that wants an account of its own says so before anything is ordered`() async throws {
        var bench = try Bench()
        bench.authority.be { $0.wantsExternalAccount = true }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure?.contains("externalAccountRequired") == true)
        bench.externalAccount = ExternalAccount(id: "kid-1", key: "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W")
        let again = try bench.issuer()
        await again.renewNow()
        #expect(await bench.attempt(again).lastFailure == nil)
        #expect(bench.authority.payload("/new-account")?["externalAccountBinding"]?["protected"] != nil)
    }

    @Test func `what is not what was ordered is not taken`() async throws {
        let bench = try Bench()
        bench.authority.be { $0.names = ["evil.example.org"] }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure?.contains("not a certificate for these names") == true)
        #expect(state.end == nil)
    }

    @Test func `a port that is taken is told, with what to do`() async throws {
        let bench = try Bench()
        struct Taken: Error, CustomStringConvertible { let description = "Cannot listen on :::80: Address already in use" }
        let state = await bench.attempt(try bench.issuer(door: ProofDoor { _ in throw Taken() }))
        #expect(state.lastFailure == "No new certificate: the proof of sms.example.org: Cannot listen on :::80: Address already in use.")
        #expect(state.lastAdvice?.contains("CAP_NET_BIND_SERVICE") == true)
    }

    @Test func `a misshapen directory is told as one`() async throws {
        let bench = try Bench()
        bench.authority.be { $0.refusals["/directory"] = OutgoingAnswer(status: 200, body: Array("<html>".utf8)) }
        let state = await bench.attempt(try bench.issuer())
        #expect(state.lastFailure == "No new certificate: the authority's directory: the authority's answer lacks 'JSON'.")
    }

    @Test func `what stands there until the first one is had does not count as one`() async throws {
        let bench = try Bench()
        try bench.store.ensureSelfSigned(bench.store.authorised, names: ["sms.example.org"], now: bench.clock.now())
        let issuer = try bench.issuer()
        let state = await issuer.state()
        #expect(state.end == nil && state.health(at: bench.clock.now()).state == .starting)
        #expect(await bench.attempt(issuer).end != nil)
        let kept = bench.store.read(bench.store.authorised.chain)
        try bench.store.ensureSelfSigned(bench.store.authorised, names: ["sms.example.org"], now: bench.clock.now())
        #expect(bench.store.read(bench.store.authorised.chain) == kept)
    }
}
