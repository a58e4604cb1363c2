import SIP
import Telephony
import Testing

@testable import EndpointSoftphone

/// Which device it is that gives itself no name.
@Suite struct RecognitionTests {
    private static let password = AppPassword.ID(high: 1, low: 1)

    private func changes(_ request: Request, app: AppPassword.ID? = nil, bindings: [Binding] = [], records: [DeviceRecord] = []) -> [Registration.Change] {
        let verdict = Registration(limits: Registration.Limits()).verdict(
            for: request, person: "alice", app: app, bindings: bindings, records: records, flow: "tcp 9", now: start)
        guard case .accepted(let changes) = verdict else { return [] }
        return changes
    }

    private func saved(_ changes: [Registration.Change]) -> [DeviceID] {
        changes.compactMap { if case .save(let binding) = $0 { binding.device } else { nil } }
    }

    private func record(_ device: DeviceID, at contact: String, callID: String? = nil, app: AppPassword.ID? = nil, ago seconds: Int = 900) -> DeviceRecord {
        DeviceRecord(
            person: "alice", device: device, userAgent: "Zoiper", contact: contact, flow: "udp 1", seenAt: start - .seconds(seconds), expiresAt: nil,
            callID: callID, password: app)
    }

    private static let old = "sip:alice@192.0.2.7:5081", elsewhere = "Contact: <sip:alice@192.0.2.7:49152>"
    private static let oldDevice = DeviceID("sip:alice@192.0.2.7:5081")

    @Test func `whoever comes from another port under the same Call-ID is the device that it was, here or away`() throws {
        let request = try register(cseq: 3, Self.elsewhere)
        #expect(saved(changes(request, bindings: [binding(Self.oldDevice)])) == [Self.oldDevice])
        #expect(saved(changes(request, records: [record(Self.oldDevice, at: Self.old, callID: "reg-1")])) == [Self.oldDevice])
        #expect(saved(changes(request, records: [record(Self.oldDevice, at: Self.old, callID: "reg-2")])) == ["sip:alice@192.0.2.7:49152"])
    }

    @Test func `an app that was started anew is known by its own password, and by nobody else's`() throws {
        let request = try register(callID: "reg-2", cseq: 1, Self.elsewhere)
        let known = [record(Self.oldDevice, at: Self.old, app: Self.password), record("sip:alice@192.0.2.8:0", at: "sip:alice@192.0.2.8", ago: 10)]
        #expect(saved(changes(request, app: Self.password, records: known)) == [Self.oldDevice])
        #expect(saved(changes(request, app: AppPassword.ID(high: 1, low: 2), records: known)) == ["sip:alice@192.0.2.7:49152"])
        #expect(saved(changes(request, records: known)) == ["sip:alice@192.0.2.7:49152"])
    }

    @Test func `a contact that is given up for another is the same device, which is not ended`() throws {
        let request = try register(cseq: 3, "Contact: <\(Self.old)>;expires=0", Self.elsewhere)
        let changes = changes(request, bindings: [binding(Self.oldDevice, callID: "other")])
        #expect(changes.count == 1)
        #expect(saved(changes) == [Self.oldDevice])
    }

    @Test func `of several strangers in one request nobody guesses which is which`() throws {
        let request = try register(cseq: 3, Self.elsewhere, "Contact: <sip:alice@192.0.2.7:49153>")
        #expect(saved(changes(request, bindings: [binding(Self.oldDevice)])) == ["sip:alice@192.0.2.7:49152", "sip:alice@192.0.2.7:49153"])
    }

    @Test func `a device that keeps one contact and changes another stays two`() throws {
        let other = binding("sip:alice@192.0.2.7:6000", contact: "sip:alice@192.0.2.7:6000", registeredAt: start - .seconds(10))
        let request = try register(cseq: 3, "Contact: <sip:alice@192.0.2.7:6000>", Self.elsewhere)
        #expect(saved(changes(request, bindings: [binding(Self.oldDevice), other])) == ["sip:alice@192.0.2.7:6000", Self.oldDevice])
    }

    @Test func `who comes from where another has been is not that other, which has moved on`() throws {
        let moved = binding(Self.oldDevice, contact: "sip:alice@192.0.2.7:49152", callID: "other")
        let request = try register("Contact: <\(Self.old)>")
        #expect(saved(changes(request, bindings: [moved])) == [DeviceID("sip:alice@192.0.2.7:5081 2")])
        #expect(saved(changes(try register(callID: "other", cseq: 3, Self.elsewhere), bindings: [moved])) == [Self.oldDevice])
    }

    @Test func `a device that names itself is never taken for another`() throws {
        let named = binding("urn:uuid:4c41", contact: "sip:alice@192.0.2.7:49152")
        #expect(saved(changes(try register(cseq: 3, Self.elsewhere), bindings: [named])) == ["sip:alice@192.0.2.7:49152"])
        let instance = try register(cseq: 3, "\(Self.elsewhere);+sip.instance=\"<urn:uuid:9999>\"")
        #expect(saved(changes(instance, app: Self.password, records: [record(Self.oldDevice, at: Self.old, callID: "reg-1", app: Self.password)])) == ["urn:uuid:9999"])
    }

    @Test func `devices are looked up only for who has neither name nor known address`() throws {
        let registration = Registration(limits: Registration.Limits())
        let held = [binding(Self.oldDevice)]
        #expect(registration.asksWhoItIs(try register(Self.elsewhere), bindings: held))
        #expect(!registration.asksWhoItIs(try register("Contact: <\(Self.old)>"), bindings: held))
        #expect(!registration.asksWhoItIs(try register("\(Self.elsewhere);+sip.instance=\"<urn:uuid:1>\""), bindings: held))
        #expect(!registration.asksWhoItIs(try register("Contact: *", "Expires: 0"), bindings: held))
    }

    @Test func `whoever has been away for longest makes room, but nobody that is here, names itself or has a password of its own`() throws {
        let away = (1...12).map { record(DeviceID("sip:alice@192.0.2.\($0):0"), at: "sip:alice@192.0.2.\($0)", ago: 10_000 - $0) }
        let kept = [record("urn:uuid:1", at: "sip:alice@198.51.100.1", ago: 99_999), record("sip:x@1:0", at: "sip:x@1", app: Self.password, ago: 99_999)]
        let request = try register(Self.elsewhere)
        #expect(changes(request, records: kept + away).last == .forget("sip:alice@192.0.2.1:0"))
        #expect(changes(request, records: kept + away.dropLast()).count == 1)
        // Who comes back makes nobody go.
        #expect(changes(try register("Contact: <sip:alice@192.0.2.1>"), records: kept + away).count == 1)
    }
}
