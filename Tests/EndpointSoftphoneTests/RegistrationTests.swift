import SIP
import Telephony
import Testing

@testable import EndpointSoftphone

/// RFC 3261 §10.3, step by step.
@Suite struct RegistrationTests {
    private func verdict(_ request: Request, _ bindings: [Binding] = [], limits: Registration.Limits = Registration.Limits()) -> Registration.Verdict {
        Registration(limits: limits).verdict(for: request, person: "alice", bindings: bindings, flow: "tcp 9", now: start)
    }

    /// The bindings that a request saves, in order; nil when it is refused or removes something.
    private func saved(_ verdict: Registration.Verdict) -> [Binding]? {
        guard case .accepted(let changes) = verdict else { return nil }
        let saved = changes.compactMap { if case .save(let binding) = $0 { binding } else { nil } }
        return saved.count == changes.count ? saved : nil
    }

    private static let instance = "Contact: <sip:alice@192.0.2.7:5081;transport=tcp>;+sip.instance=\"<urn:uuid:4c41>\""

    // MARK: - New bindings

    @Test func `a binding is all that is needed to reach the device later`() throws {
        let request = try register(Self.instance, "Path: <sip:p1.example.net;lr>, <sip:p2.example.net;lr>", "Path: <sip:p3.example.net;lr>", "Expires: 300")
        #expect(verdict(request) == .accepted([
            .save(
                Binding(
                    person: "alice", device: "urn:uuid:4c41", contact: "sip:alice@192.0.2.7:5081;transport=tcp",
                    path: ["<sip:p1.example.net;lr>", "<sip:p2.example.net;lr>", "<sip:p3.example.net;lr>"], flow: "tcp 9", callID: "reg-1", cseq: 2,
                    userAgent: "Linphone/5.1", registeredAt: start, expiresAt: start + .seconds(300)))
        ]))
    }

    @Test(arguments: [
        ([";expires=120", "Expires: 300"], 120), (["", "Expires: 300"], 300), ([""], 600), ([";expires=soon", "Expires: 300"], 300),
        (["", "Expires: 4294967295"], 86_400), ([";expires=60"], 60),
    ])
    func `the lifetime is the contact's, else the request's, else the usual, and never longer than a day`(lines: [String], seconds: Int) throws {
        let request = try register("Contact: <sip:alice@192.0.2.7>\(lines[0])", lines.count > 1 ? lines[1] : "X-Nothing: 0")
        #expect(saved(verdict(request))?.map(\.expiresAt) == [start + .seconds(seconds)])
    }

    @Test(arguments: ["Contact: <sip:alice@192.0.2.7>;expires=59", "Contact: <sip:alice@192.0.2.7>;expires=1"])
    func `too brief a lifetime is refused with the least there is`(contact: String) throws {
        #expect(verdict(try register(contact)) == .tooBrief(minimum: 60))
    }

    @Test func `several contacts are as many devices`() throws {
        let request = try register("Contact: <sip:alice@192.0.2.7>, <sip:alice@192.0.2.8:5070>", "Contact: <sip:other@192.0.2.7>")
        #expect(saved(verdict(request))?.map(\.device) == ["sip:alice@192.0.2.7:0", "sip:alice@192.0.2.8:5070", "sip:other@192.0.2.7:0"])
    }

    @Test func `the instance names the device, wherever it is and whatever its contact`() throws {
        let elsewhere = try register(callID: "reg-9", cseq: 1, "Contact: <sip:a-93@198.51.100.4:1024>;+sip.instance=\"<urn:uuid:4c41>\"")
        #expect(saved(verdict(elsewhere, [binding("urn:uuid:4c41")]))?.map(\.device) == ["urn:uuid:4c41"])
    }

    @Test func `a push contact of two kilobytes is kept whole, and a monstrous one is refused`() throws {
        let long = "sip:alice@192.0.2.7:5081;transport=tls;pn-provider=fcm;pn-prid=\(String(repeating: "x", count: 2000))"
        #expect(saved(verdict(try register("Contact: <\(long)>")))?.map(\.contact) == [long])
        let monstrous = "sip:alice@192.0.2.7;pn-prid=\(String(repeating: "x", count: 4096))"
        #expect(verdict(try register("Contact: <\(monstrous)>")) == .refused(.badRequest))
    }

    // MARK: - Questions and mistakes

    @Test func `a request without a contact asks, and changes nothing`() throws {
        #expect(verdict(try register(), [binding("phone")]) == .accepted([]))
    }

    @Test(arguments: ["Contact: <sip:alice@", "Contact: mailto:alice@example.org", "Contact: <tel:+15550100>", "Contact: <sip:alice@192.0.2.7>, <"])
    func `a contact that cannot be a SIP address is refused`(contact: String) throws {
        #expect(verdict(try register(contact)) == .refused(.badRequest))
    }

    @Test func `a request without Call-ID, or with a CSeq of another method, is refused`() throws {
        var nameless = try register(Self.instance)
        nameless.headers.remove(.callID)
        #expect(verdict(nameless) == .refused(.badRequest))
        var other = try register(Self.instance)
        other.headers.cseq = CSeq(2, .message)
        #expect(verdict(other) == .refused(.badRequest))
    }

    @Test func `more contacts than a person may have devices are refused`() throws {
        let contacts = (1...3).map { "<sip:alice@192.0.2.\($0)>" }.joined(separator: ", ")
        var limits = Registration.Limits()
        limits.devices = 2
        #expect(verdict(try register("Contact: \(contacts)"), limits: limits) == .refused(.forbidden))
    }

    // MARK: - Ends

    @Test func `a lifetime of zero ends that binding alone`() throws {
        let request = try register("Contact: <sip:alice@192.0.2.7:5081>;+sip.instance=\"<urn:uuid:4c41>\";expires=0")
        #expect(verdict(request, [binding("urn:uuid:4c41"), binding("urn:uuid:9999")]) == .accepted([.remove("urn:uuid:4c41")]))
    }

    @Test func `a star with a lifetime of zero ends all`() throws {
        let held = [binding("urn:uuid:4c41"), binding("urn:uuid:9999", callID: "other")]
        #expect(verdict(try register("Contact: *", "Expires: 0"), held) == .accepted([.remove("urn:uuid:4c41"), .remove("urn:uuid:9999")]))
    }

    @Test(arguments: [["Contact: *"], ["Contact: *", "Expires: 300"], ["Contact: *, <sip:alice@192.0.2.7>", "Expires: 0"], ["Contact: *", "Contact: *", "Expires: 0"]])
    func `a star with anything else is refused`(lines: [String]) throws {
        let request = try register(lines[0], lines.count > 1 ? lines[1] : "X-Nothing: 0", lines.count > 2 ? lines[2] : "X-Nothing: 0")
        #expect(verdict(request, [binding("phone")]) == .refused(.badRequest))
    }

    // MARK: - Order

    @Test(arguments: [(2, false), (3, false), (4, true)])
    func `a request that is not newer than the binding's own is not done again`(cseq: Int, isTaken: Bool) throws {
        let verdict = verdict(try register(cseq: cseq, Self.instance), [binding("urn:uuid:4c41", cseq: 3)])
        #expect((saved(verdict) != nil) == isTaken)
        if !isTaken { #expect(verdict == .refused(.serverInternalError)) }
    }

    @Test func `a removal that is replayed is not done again either`() throws {
        let request = try register(cseq: 3, "Contact: <sip:alice@192.0.2.7>;+sip.instance=\"<urn:uuid:4c41>\";expires=0")
        #expect(verdict(request, [binding("urn:uuid:4c41", cseq: 3)]) == .refused(.serverInternalError))
    }

    @Test func `an app that was started again counts from anew under another Call-ID`() throws {
        let request = try register(callID: "reg-2", cseq: 1, Self.instance)
        #expect(saved(verdict(request, [binding("urn:uuid:4c41", cseq: 300)]))?.map(\.cseq) == [1])
    }

    @Test func `one contact that is out of order refuses the whole request`() throws {
        let request = try register(cseq: 3, "Contact: <sip:alice@192.0.2.9>", Self.instance)
        #expect(verdict(request, [binding("urn:uuid:4c41", cseq: 3)]) == .refused(.serverInternalError))
    }

    // MARK: - Room

    @Test func `a device too many crowds out the one that has not been refreshed for longest`() throws {
        var limits = Registration.Limits()
        limits.devices = 2
        let held = [
            binding("new", callID: "a", registeredAt: start - .seconds(10)), binding("old", callID: "b", registeredAt: start - .seconds(900)),
        ]
        guard case .accepted(let changes) = verdict(try register(Self.instance), held, limits: limits) else {
            Issue.record("the registration was refused")
            return
        }
        #expect(changes.count == 2)
        #expect(changes.last == .remove("old"))
    }

    @Test func `a refresh crowds nobody out, and neither does a device that another one makes room for`() throws {
        var limits = Registration.Limits()
        limits.devices = 2
        let held = [binding("urn:uuid:4c41", cseq: 1), binding("sip:alice@192.0.2.9:0", contact: "sip:alice@192.0.2.9", callID: "b")]
        #expect(saved(verdict(try register(Self.instance), held, limits: limits))?.count == 1)
        let exchanged = try register("Contact: <sip:alice@192.0.2.9>;expires=0", "Contact: <sip:alice@192.0.2.10>;+sip.instance=\"<urn:uuid:4c42>\"")
        #expect(verdict(exchanged, [held[1], binding("third", callID: "c")], limits: limits) == .accepted([
            .remove("sip:alice@192.0.2.9:0"),
            .save(
                Binding(
                    person: "alice", device: "urn:uuid:4c42", contact: "sip:alice@192.0.2.10", path: [], flow: "tcp 9", callID: "reg-1",
                    cseq: 2, userAgent: "Linphone/5.1", registeredAt: start, expiresAt: start + .seconds(600))),
        ]))
    }

    // MARK: - The answer

    @Test func `the answer lists every binding with the seconds it has left, and its instance`() throws {
        let contacts = Registration.contacts(of: [binding("urn:uuid:4c41"), binding("sip:alice@192.0.2.9:0", contact: "sip:alice@192.0.2.9")], now: start + .seconds(1))
        #expect(contacts == ["<sip:alice@192.0.2.7:5081>;expires=599;+sip.instance=\"<urn:uuid:4c41>\"", "<sip:alice@192.0.2.9>;expires=599"])
        #expect(Registration.contacts(of: [binding("phone")], now: start + .seconds(9999)) == ["<sip:alice@192.0.2.7:5081>;expires=0"])
        let answer = try register("Contact: \(contacts[0])")
        #expect(answer.headers.contacts.first?.instance == "urn:uuid:4c41")
    }
}
