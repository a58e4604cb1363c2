import Console
import Foundation
import Exchange
import HomelineTesting
import Settings
import Store
import Telephony
import Testing

@testable import Daemon

@Suite struct SupportBundleTests {
    private static let canaries = [
        "+41791234567", "41791234567", "canary-password", "canary.example.org", "canary-text", "58305271", "490154203237518", "228012345678901", "8941012345678901234",
    ]

    private static let yaml = """
        # a comment with canary-password
        state: /var/lib/homeline
        country: CH
        lines:
          home:
            trunk: modem
            device: imei:490154203237518
            number: "+41791234567"
            in-doubt: hold
            queue-limit: 500
            service-centre: "+41791234567"
        endpoints:
          webhook:
            url: https://canary.example.org/canary-password
            secret-file: SECRET
            private: yes
        http:
          public-url: https://canary.example.org
          metrics-from: [127.0.0.1]
        alerts:
          to: ["+41791234567"]
          after: 15m
        """

    @Test func `no secret, number, address or text is in it, and what helps is`() async throws {
        let directory = try TemporaryDirectory()
        let secret = directory.file("canary-password")
        try "canary-password-of-sixteen".write(toFile: secret, atomically: true, encoding: .utf8)
        let settings = try DaemonSettings(yaml: Self.yaml.replacing("SECRET", with: secret))
        let ledger = try SQLiteLedger(path: directory.file("ledger"))
        let clock = ManualClock()
        let mint = Mint.repeatable(clock)
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [.number("+41791234567")], parts: [.text("canary-text")],
            recordedAt: clock.now())
        _ = try await ledger.submit(message, key: "1", deliveries: [])
        let health = Health(
            .down, "The modem with IMEI 490154203237518 is away.",
            facts: [
                "imei": "490154203237518", "imsi": "228012345678901", "iccid": "8941012345678901234", "number": "+41791234567", "signal": "-71 dBm",
                "model": "EC25",
            ])
        let signs = VitalSigns(ledger: ledger, mint: mint, pause: pauseForever) { [Vital(Vital.Place(.line, "home"), health)] }
        let ring = LogRing()
        ring.add(.error, label: "modem", "from +41791234567", details: [("pin", "58305271")], at: clock.now())
        let text = await SupportBundle(settings: settings, ledger: ledger, signs: signs, ring: ring).text()
        for canary in Self.canaries { #expect(!text.contains(canary), "\(canary) in\n\(text)") }
        for wanted in [
            "homeline \(Version.text)", "schema \(try await ledger.census().schema)", "message: 1", "line/home: down", "signal: -71 dBm", "model: EC25", "imei: 49015420…",
            "imsi: 228012…", "trunk: modem", "queue-limit: 500", "in-doubt: hold", "after: 15m", "url: (left out)", "to: [(left out)]", "private: yes",
            "error modem: from +…67 (pin=…71)",
        ] { #expect(text.contains(wanted), "\(wanted) in\n\(text)") }
        try ledger.close()
    }

    @Test(arguments: [
        ("pin: 1234", "pin: (left out)"), ("max-users: 12", "max-users: (left out)"), ("password: hunter", "password: (left out)"),
        ("headers: {X-Key: abc}", "headers:\n  X-Key: (left out)"), ("a: [1, {b: c}]", "a: [1, (left out)]"), ("port: 99999", "port: 99999"),
        ("number: 123456", "number: (left out)"), ("state: /var/lib/41791234567", "state: /var/lib/…67"), ("country: \"C\\e[2J\"", "country: C\\u{1B}[2J"),
        ("mms:", "mms:"), ("keep: 365d", "keep: 365d"), ("keep: 365dd", "keep: (left out)"), ("user: yes", "user: yes"),
    ])
    func `of a value only what cannot be a secret is shown`(yaml: String, shown: String) throws {
        #expect(ConfigurationOutline.text(of: try YAMLDocument.parse(yaml)) == shown)
    }
}
