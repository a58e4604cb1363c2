import SIP
import Store
import Telephony
import Testing

@testable import EndpointSoftphone

/// Whom a text that an app writes is for.
@Suite(.timeLimit(.minutes(5))) struct WritingTests {
    private let ledger = MemoryLedger()

    init() async throws {
        for name in ["alice", "bob"] {
            let credentials = SIPCredentials(realm: "sms.example.org", user: name, password: "right")
            try await ledger.save(Person(id: PersonID(name), lines: ["home"], credentials: credentials))
        }
    }

    @Test(arguments: [
        ("sip:bob@sms.example.org", "sms.example.org", 202), ("sip:bob@SMS.example.org:5061", "sms.example.org", 202),
        // As some apps know us.
        ("sip:bob@home.lan", "home.lan", 202), ("sip:bob@192.0.2.1", "sms.example.org", 202),
        ("sip:bob@sip.elsewhere.example", "sms.example.org", 404), ("sip:group-1@sip.elsewhere.example", "sms.example.org", 404),
        ("tel:bob", "sms.example.org", 404),
    ])
    func `a person of the house is nobody of that name elsewhere`(uri: String, account: String, status: Int) async throws {
        let softphone = try softphone(ledger) { try await Task.sleep(for: $0) }
        try await softphone.served { server in
            let app = try await SocketApp(at: server)
            var message = try app.request(.message, to: uri, from: account)
            message.headers.set(.contentType, "text/plain")
            message.body = Array("hello".utf8)
            let answer = try await app.prove(message)
            #expect(answer.status.code == status)
            await app.agent.stop()
        }
    }
}
