import Exchange
import HTTPStack
import HomelineTesting
import Settings
import Synchronization
import Telephony
import Testing

@testable import Daemon

@Suite struct AlertSettingsTests {
    private func settings(_ alerts: String) throws -> AlertSettings {
        try DaemonSettings(yaml: "country: CH\nlines:\n  home:\n    trunk: loopback\nalerts:\n  \(alerts)\n").alerts
    }

    @Test func `without a word apps are told, after ten minutes and once a day`() throws {
        let alerts = try DaemonSettings(yaml: "country: CH\nlines:\n  home:\n    trunk: loopback\n").alerts
        #expect(alerts.tellsApps && alerts.numbers.isEmpty && alerts.hook == nil && alerts.rules == AlertRules())
    }

    @Test(arguments: [
        ("lines: [work]", "there is no line named work"), ("webhook: https://example.org/", "go together"), ("webhook: ftp://example.org/", "http or https"),
        ("refused-sign-ins: 0", "whole number"), ("tos: x", "unknown key"), ("webhook-secret-file: /nowhere/at/all", "cannot be read"),
    ])
    func `what cannot be meant is refused in words`(alerts: String, reason: String) {
        let error = #expect(throws: SettingsError.self) { try settings(alerts) }
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
    }

    @Test func `an alert is a signed POST, and an answer that is none of success a failure`() async throws {
        let client = ScriptedClient()
        let url = try #require(WebURL("https://hooks.example.org/alerts"))
        let hook = AlertSettings.Hook(url: url, secret: "0123456789abcdef", isPrivate: false)
        let channel = WebhookChannel(hook, client: client) { Instant(seconds: 1_800_000_000) }
        let news = AlertNews(.over, topic: "disk", sentence: "Full \"again\".", at: Instant(seconds: 1_800_000_000))
        let reach = try await channel.bring(news, avoiding: [Vital.Place(.ledger)])
        #expect(reach == .somebody)
        let request = try #require(client.requests.withLock { $0.first })
        let body = String(decoding: request.body, as: UTF8.self)
        #expect(
            body
                == #"{"kind":"alert","state":"over","topic":"disk","message":"Homeline: this is over: Full \"again\".","at":"2027-01-15T08:00:00.000Z"}"#)
        #expect(request.headers.contains { $0.name == "X-Homeline-Signature" && $0.value.hasPrefix("t=1800000000,v1=") })
        client.status.withLock { $0 = 500 }
        let failure = await #expect(throws: Failure.self) { try await channel.bring(news, avoiding: []) }
        #expect(failure?.cause == .http(500))
    }
}

private final class ScriptedClient: WebClient {
    let requests = Mutex<[OutgoingRequest]>([])
    let status = Mutex(204)

    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
        requests.withLock { $0.append(request) }
        return OutgoingAnswer(status: status.withLock { $0 })
    }
}
