import Telephony
import Testing

@testable import Daemon

@Suite struct ConsoleLinesTests {
    private static let name = "key\u{1B}]0;mine\u{7}\r\nroot\u{202E}"
    private static let shown = #"key\u{1B}]0;mine\u{7}\r\nroot\u{202E}"#

    @Test func `what somebody calls a passkey commands no terminal`() {
        let passkey = Passkey(
            id: [1], person: "bob", handle: [], key: [], site: "localhost", name: Self.name, count: 0, createdAt: Instant(seconds: 0), usedAt: Instant(seconds: 60))
        #expect(passkey.line == "passkey: \(Self.shown)  for localhost  made 1970-01-01T00:00:00Z  last used 1970-01-01T00:01:00Z")
    }

    @Test func `what somebody did is one line, whatever they wrote`() {
        let entry = AuditEntry(at: Instant(seconds: 0), act: .passkeyRenamed, person: "bob", place: "192.0.2.1", about: Self.name)
        #expect(entry.line == "1970-01-01T00:00:00Z  \(entry.act.rawValue)  bob  192.0.2.1  \(Self.shown)")
        let command = AuditEntry(at: Instant(seconds: 0), act: .signedOut, person: nil, place: "command line")
        #expect(command.line == "1970-01-01T00:00:00Z  \(command.act.rawValue)  -  command line")
    }
}
