import Exchange
import HomelineTesting
import Store
import Synchronization
import Telephony
import Testing

@testable import EndpointSoftphone

/// Two looks at the ledger, of which the one that began first ends last.
@Suite struct PasswordChangeTests {
    private static let old = SIPCredentials(realm: "home.test", user: "alice", password: "old")
    private static let new = SIPCredentials(realm: "home.test", user: "alice", password: "new")

    @Test func `whoever registers by the new password stays, though the old one was still being read`() async throws {
        let ledger = MemoryLedger()
        try await ledger.save(Person(id: "alice", lines: ["home"], credentials: Self.old))
        let meanwhile = Meanwhile(ledger)
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
}

/// Does something once, after persons were read and before they are looked at.
private final class Meanwhile: LedgerInterceptor {
    typealias Deed = @Sendable (MemoryLedger) async throws(LedgerError) -> Void

    private let ledger: MemoryLedger
    private let deed = Mutex<Deed?>(nil)

    init(_ ledger: MemoryLedger) { self.ledger = ledger }

    func afterwards(_ deed: @escaping Deed) { self.deed.withLock { $0 = deed } }

    func around<Value: Sendable>(
        _ call: LedgerCall, _ body: @Sendable (any Ledger) async throws(LedgerError) -> Value
    ) async throws(LedgerError) -> Value {
        let value = try await body(ledger)
        guard call == .persons else { return value }
        let due = deed.withLock { deed -> Deed? in
            defer { deed = nil }
            return deed
        }
        if let due { try await due(ledger) }
        return value
    }
}
