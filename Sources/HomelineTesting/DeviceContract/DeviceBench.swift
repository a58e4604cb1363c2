import Exchange
import Telephony

/// A book of devices under test, with one person in it and a clock that stands still.
public struct DeviceBench: Sendable {
    let book: any Ledger & DeviceBook
    let clock = ManualClock()
    let password: AppPassword
    let link: ProvisioningLink
    let person = Person(id: "alice", lines: ["home"], credentials: SIPCredentials(realm: "r", ha1MD5: "m", ha1SHA256: "s"))

    public init(_ book: any Ledger & DeviceBook) async throws {
        self.book = book
        password = Self.password(1, of: "alice")
        link = ProvisioningLink(hash: String(repeating: "a", count: 64), password: password.id, expiresAt: clock.now() + ProvisioningLink.lifetime)
        try await book.save(person)
    }

    var now: Instant { clock.now() }

    func another(of person: PersonID = "alice") -> AppPassword { Self.password(2, of: person) }

    private static func password(_ number: UInt64, of person: PersonID) -> AppPassword {
        AppPassword(
            id: AppPassword.ID(high: 1, low: number), person: person, label: "Phone \(number) <&>",
            credentials: SIPCredentials(realm: "r", ha1MD5: "m\(number)", ha1SHA256: "s\(number)"), createdAt: Instant(seconds: 1_700_000_000))
    }

    func take(from source: String = "here") async throws -> ProvisioningLink.Ruling? {
        try await book.take(link.hash, from: source, now: now)?.ruling
    }

    func binding(_ device: DeviceID, userAgent: String = "Linphone/5", password: AppPassword.ID? = nil) -> Binding {
        Binding(
            person: "alice", device: device, contact: "sip:alice@192.0.2.1", path: [], flow: "tcp/\(device)", callID: "c", cseq: 1, userAgent: userAgent,
            registeredAt: now, expiresAt: now + .seconds(3600), password: password)
    }

    func record(of binding: Binding) -> DeviceRecord { record(of: binding, expiresAt: binding.expiresAt, callID: binding.callID) }

    func record(takenBack binding: Binding) -> DeviceRecord { record(of: binding, expiresAt: nil, callID: nil) }

    private func record(of binding: Binding, expiresAt: Instant?, callID: String?) -> DeviceRecord {
        DeviceRecord(
            person: binding.person, device: binding.device, userAgent: binding.userAgent, contact: binding.contact, flow: binding.flow,
            seenAt: binding.registeredAt, expiresAt: expiresAt, callID: callID, password: binding.password)
    }
}
