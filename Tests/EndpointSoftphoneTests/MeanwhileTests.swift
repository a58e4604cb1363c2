import Exchange
import HTTPStack
import HomelineTesting
import SIP
import Store
import Synchronization
import Telephony
import Testing

@testable import EndpointSoftphone

/// A password is changed, or a registration given up, while something else is under way.
@Suite(.timeLimit(.minutes(5))) struct MeanwhileTests {
    private static let old = SIPCredentials(realm: "sms.example.org", user: "alice", password: "right")
    private static let new = SIPCredentials(realm: "sms.example.org", user: "alice", password: "new")

    @Test func `whoever registers by the new password stays, though the old one was still being read`() async throws {
        let ledger = MemoryLedger()
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: Self.old))
        let meanwhile = Meanwhile(ledger, .persons)
        let directory = Directory(ledger: InterceptedLedger(meanwhile))
        _ = try await directory.load(now: start)
        try await ledger.save(Person(id: "alice", lines: ["home", "work"], credentials: Self.old))
        let phone = binding("urn:uuid:1")
        meanwhile.afterwards { ledger throws(LedgerError) in
            try await ledger.save(Person(id: "alice", lines: ["home"], credentials: Self.new))
            try await directory.refresh(now: start)
            try await directory.apply([.save(phone)], to: "alice", now: start)
        }
        try await directory.refresh(now: start)
        #expect(directory.bindings(of: "alice", now: start) == [phone])
        #expect(directory.person("alice")?.credentials == Self.new)
    }

    @Test func `what is given up while another registration is written is not written after that`() async throws {
        let ledger = MemoryLedger()
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: Self.old))
        let meanwhile = Meanwhile(ledger, .saveBinding)
        let directory = Directory(ledger: InterceptedLedger(meanwhile))
        _ = try await directory.load(now: start)
        let devices: [DeviceID] = ["urn:uuid:1", "urn:uuid:2"]
        for _ in 1...2 { try await directory.apply(devices.map { .save(binding($0)) }, to: "alice", now: start) }
        meanwhile.afterwards { _ throws(LedgerError) in
            try await directory.apply(devices.map { .remove($0) }, to: "alice", now: start)
        }
        try await directory.refresh(now: start)
        let kept = try await ledger.bindings(now: start)
        #expect(kept.isEmpty)
    }

    @Test func `whoever registers by a password that is changed meanwhile is not registered`() async throws {
        let ledger = MemoryLedger()
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: Self.old))
        let meanwhile = Meanwhile(ledger, .saveBinding)
        let softphone = try softphone(InterceptedLedger(meanwhile), clock: ManualClock(start)) { try await Task.sleep(for: $0) }
        meanwhile.afterwards { ledger throws(LedgerError) in
            try await ledger.save(Person(id: "alice", lines: ["home"], credentials: Self.new))
            try await softphone.directory.refresh(now: start)
        }
        try await softphone.served { server in
            let app = try await SocketApp(at: server)
            let answer = try await app.register()
            #expect(answer.status == .forbidden)
            await app.agent.stop()
        }
        #expect(softphone.directory.bindings(of: "alice", now: start).isEmpty)
        let kept = try await ledger.bindings(now: start)
        #expect(kept.isEmpty)
    }

    @Test func `whoever is removed while the file of their message is fetched sends nothing`() async throws {
        let ledger = MemoryLedger(), server = SlowServer()
        for name in ["alice", "bob"] as [PersonID] { try await ledger.save(Person(id: name, lines: ["home"], credentials: Self.old)) }
        let foreign = ForeignFiles(hosts: ["files.example.org"], client: server, limit: 1_000)
        let softphone = try softphone(ledger, clock: ManualClock(start), foreign: foreign) { try await Task.sleep(for: $0) }
        server.meanwhile {
            try await ledger.remove("alice", now: start)
            try await softphone.directory.refresh(now: start)
        }
        try await softphone.served { place in
            let app = try await SocketApp(at: place)
            var message = try app.request(.message, to: "sip:bob@sms.example.org")
            message.headers.set(.contentType, ContentType.fileTransfer.description)
            message.body = FileTransfer(name: "1.jpg", contentType: "image/jpeg", size: 3, url: "https://files.example.org/1").encoded()
            let answer = try await app.prove(message)
            #expect(answer.status == .forbidden)
            await app.agent.stop()
        }
        let sent = try await ledger.lastEntry()
        #expect(sent == 0)
    }
}

/// A file server that takes its time, in which something else is done.
private final class SlowServer: WebClient {
    private let deed = Mutex<(@Sendable () async throws -> Void)?>(nil)

    func meanwhile(_ deed: @escaping @Sendable () async throws -> Void) { self.deed.withLock { $0 = deed } }

    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
        guard case .pieces(_, let take) = request.answerBody else { throw Failure(.refused) }
        do {
            try await deed.withLock { $0 }?()
            try await take([1, 2, 3])
        } catch {
            throw Failure(.unreachable)
        }
        return OutgoingAnswer(status: 200)
    }
}
