import AT
import Glibc
import Runtime
import SMS
import Settings
import Telephony
import Testing

@testable import Kinds
@testable import TrunkModem

@Suite struct ChoiceTests {
    @Test(arguments: [
        ("+CNMI: (0-3),(0-3),(0,2),(0-2),(0,1)", "generic", ReceivingRoute.stored, "2,1,0,2,0"),
        ("+CNMI: (0-2),(0-3),(0,2,3),(0-2),(0,1)", "huawei-e1750", .stored, "1,1,0,2,0"),
        ("+CNMI: (2),(0,1),(0),(0,1),(1)", "generic", .stored, "2,1,0,1,1"), ("+CNMI: (2),(0,2),(0),(0,1),(0)", "generic", .stored, "2,2,0,1,0"),
        ("+CNMI: (0-3),(0-3),(0,2),(0-2),(0,1)", "generic", .direct, "2,2,0,2,0"), ("+CNMI: (0-3),(0,1)", "generic", .direct, "2,1,0,2,0"),
    ])
    func `the first notification setting is the best that is allowed`(line: String, profile: String, route: ReceivingRoute, setting: String) throws {
        let make = try #require(Profile.named(profile))
        let first = try #require(NotificationRouting.candidates(from: NotificationChoices(line: line), profile: make, route: route).first)
        #expect("\(first.mode),\(first.messages),\(first.broadcasts),\(first.reports),\(first.buffer)" == setting)
    }

    @Test(arguments: [
        ("+CPMS: (\"SM\",\"ME\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")", "generic", "SM"),
        ("+CPMS: (\"ME\",\"MT\"),(\"ME\",\"MT\"),(\"ME\",\"MT\")", "generic", "ME"),
        ("+CPMS: (\"SM\",\"ME\"),(\"SM\"),(\"SM\")", "quectel-ec25", "SM"), ("+CPMS: (\"SM\",\"ME\")", "quectel-ec25", "ME"),
    ])
    func `the storage is the best that all three uses allow`(line: String, profile: String, storage: String) throws {
        let make = try #require(Profile.named(profile))
        #expect(StorageChoice.storage(from: ParameterSets(line, after: "+CPMS:"), profile: make)?.rawValue == storage)
    }

    @Test func `a rate is saved up to a minute's worth and no more`() {
        let start = Telephony.Instant(seconds: 1000)
        var rate = RateLimit(perMinute: 6, now: start)
        let first = (0..<6).map { _ in rate.take(1, now: start) }
        #expect(first.allSatisfy { $0 == nil })
        let asks: [(segments: Int, after: Duration)] = [(1, .zero), (1, .seconds(11)), (6, .seconds(3600)), (1, .seconds(3600)), (1, .seconds(-600))]
        let answers = asks.map { rate.take($0.segments, now: start + $0.after) }
        #expect(answers[0] == start + .milliseconds(10_001))
        #expect(answers[1] == nil && answers[2] == nil)
        #expect(answers[3] != nil)
        #expect(answers[4] != nil, "a clock set back gives nothing")
    }

    @Test func `a text longer than a minute's worth leaves when the minute is full, and the debt is paid after`() {
        let start = Telephony.Instant(seconds: 1000)
        var rate = RateLimit(perMinute: 2, now: start)
        let answers = [(10, 0), (1, 60), (1, 300)].map { rate.take($0.0, now: start + .seconds($0.1)) }
        #expect(answers[0] == nil && answers[1] != nil && answers[2] == nil)
    }

    @Test(arguments: [
        ("/dev/ttyUSB0", "/dev/ttyUSB0"), ("tcp:router:2000", "tcp:router:2000"), ("tcp:[::1]:2000", "tcp:[::1]:2000"),
        ("imei:490154203237518", "the modem with IMEI 490154203237518"),
        ("imei:123", nil), ("ttyUSB0", nil), ("tcp:host", nil), ("tcp::1", nil), ("tcp:host:0", nil), ("tcp:host:99999", nil),
    ])
    func `a modem's address is a path, a server or an IMEI`(text: String, description: String?) {
        #expect(ModemAddress(text)?.description == description)
    }

    static func section(_ entries: [(String, String)]) throws -> Section {
        try Section(
            Node(.section(entries.enumerated().map { .init(name: $1.0, value: Node(.scalar($1.1), line: $0 + 2)) }), line: 1), path: "lines.home")
    }

    @Test func `a line's section becomes settings`() throws {
        let path = "/tmp/pin-\(UInt64.random(in: 0...UInt64.max))"
        let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
        defer { unlink(path) }
        #expect(write(descriptor, "1234\nnote\n", 10) == 10)
        close(descriptor)
        var section = try Self.section([
            ("device", "tcp:router:2000"), ("pin-file", path), ("reports", "no"), ("profile", "zte-mf823"), ("receive", "direct"),
            ("segments-per-minute", "10"),
        ])
        let settings = try ModemSettings(line: "home", section: &section)
        try section.finish()
        #expect(settings.address == .place(.network(host: "router", port: 2000)))
        #expect(
            settings.pin == "1234" && settings.reports == .notWanted && settings.profile?.name == "zte-mf823" && settings.route == .direct
                && settings.segmentsPerMinute == 10)
    }

    @Test(arguments: [
        ("pin-file", "/nowhere", "the file /nowhere cannot be read"),
        ("pin-file", "/dev/null", "the first line of /dev/null is no PIN: 4 to 8 digits expected"),
        ("service-centre", "+1;x", "a number expected, in quotes"), ("device", "COM1", "a path, tcp:host:port or imei:digits expected"),
        ("commands", "ATZ\u{1A}", "ATZ\u{1A} is no AT command: character code 26 at place 3 is not allowed"),
    ])
    func `a mistake is told with its key and line`(key: String, value: String, reason: String) throws {
        var section = try Self.section([("device", "/dev/ttyUSB0"), (key, value)].filter { key != "device" || $0.1 == value })
        let error = #expect(throws: SettingsError.self) { try ModemSettings(line: "home", section: &section) }
        #expect(error?.reason == reason && error?.path == "lines.home.\(key)")
    }

    @Test func `stored messages are read in the order they were sent, whatever places they are in`() throws {
        let sender = try SMS.Address(number: "+15550100")
        func stored(_ index: UInt16, sentAt seconds: Int64) throws -> StoredMessage {
            let segment = try #require(try Segmentation.plan("hello", reference: .short(1)).segments.first)
            let deliver = Deliver(from: sender, segment.userData, at: Timestamp(secondsSince1970: seconds))
            return StoredMessage(index: index, status: .unread, content: .pdu(ModemPDU(.deliver(deliver)).encode().octets))
        }
        let spoilt = StoredMessage(index: 2, status: .unread, content: .unreadable("00 F"))
        let messages = [
            try stored(1, sentAt: 1_800_000_002), spoilt, try stored(3, sentAt: 1_800_000_002), try stored(7, sentAt: 1_800_000_001),
        ]
        #expect(StoredOrder.sorted(messages).map(\.index) == [2, 7, 1, 3])
    }
}
