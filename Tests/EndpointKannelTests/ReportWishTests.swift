import HTTPStack
import Telephony
import Testing

@testable import EndpointKannel

@Suite struct ReportWishTests {
    private let bob = Address.number("+12125550123")
    private let values = ReportValues(
        message: MessageID(high: 0, low: 7), line: "home", recipient: "+12125550123", at: Instant(seconds: 1_800_000_000), reason: "no & room")

    @Test func `news becomes the event that was asked for`() {
        let all = ReportWish(mask: 31, template: "")
        #expect(all.event(.delivered(bob, at: Instant(seconds: 0))) == .delivered)
        #expect(all.event(.failed(bob, Failure(.cms(38)))) == .rejected)
        #expect(all.event(.failed(bob, Failure(.tpStatus(0x45)))) == .undelivered)
        #expect(all.event(.inDoubt(bob, Failure(.lostAnswer))) == nil && all.event(.read(bob, at: Instant(seconds: 0))) == nil)
    }

    @Test func `what was not asked for is not told, and a failure in the way that was`() {
        #expect(ReportWish(mask: 8, template: "").event(.delivered(bob, at: Instant(seconds: 0))) == nil)
        #expect(ReportWish(mask: 2, template: "").event(.failed(bob, Failure(.cms(38)))) == .undelivered)
        #expect(ReportWish(mask: 16, template: "").event(.failed(bob, Failure(.tpStatus(0x45)))) == .rejected)
    }

    @Test func `escapes are replaced, and the address's own stay`() {
        let wish = ReportWish(mask: 1, template: "https://a.example/x%20y?s=%d&to=%P&t=%T&why=%A&id=%I&p=100%%&z=%z")
        #expect(
            wish.url(.delivered, values)?.description
                == "https://a.example/x%20y?s=1&to=%2B12125550123&t=1800000000&why=no%20%26%20room&id=00000000000000000000000007&p=100%&z=%z")
    }

    @Test func `what is kept is read again`() {
        let wish = ReportWish(mask: 19, template: "https://a.example/?a=b c")
        #expect(ReportWish(reference: "01KEY \(wish.note)") == wish)
        #expect(ReportWish(reference: "01KEY") == nil && ReportWish(reference: "01KEY dlr x y") == nil && ReportWish(reference: "") == nil)
    }

    @Test(arguments: ["https://a.example/\r\nX: y", "ftp://a.example/", "%", "%d"])
    func `what becomes no address is none`(template: String) {
        #expect(ReportWish(mask: 1, template: template).url(.delivered, values) == nil)
    }
}
