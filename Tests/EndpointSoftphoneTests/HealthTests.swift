import SIPStack
import Telephony
import Testing

@testable import EndpointSoftphone

@Suite struct HealthTests {
    @Test func `it counts the apps while it hears them all`() {
        #expect(Softphone.health(devices: 0, closed: []) == Health(.working, "No app is registered now.", facts: ["devices": "0"]))
        #expect(Softphone.health(devices: 1, closed: []).summary == "1 app is registered.")
        #expect(Softphone.health(devices: 2, closed: []).summary == "2 apps are registered.")
    }

    @Test func `it is not well while a socket is closed`() throws {
        let health = Softphone.health(devices: 2, closed: [try #require(ListenAddress("udp:0.0.0.0:5060"))])
        #expect(health.state == .impaired)
        #expect(health.summary.contains("udp:0.0.0.0:5060"))
        #expect(health.facts == ["devices": "2"])
    }
}
