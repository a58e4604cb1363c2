import MMS
import Telephony
import Testing

@testable import Messaging

@Suite struct AnnouncementTests {
    private static let at = Instant(seconds: 1_800_000_000)
    private static let week = at + .seconds(7 * 86_400)

    @Test(arguments: [
        (.relative(seconds: 3600), at + .seconds(3600)), (.absolute(secondsSince1970: at.seconds + 60), at + .seconds(60)),
        (.relative(seconds: 0), week), (.absolute(secondsSince1970: 0), week), (.absolute(secondsSince1970: at.seconds - 3600), week),
        (.absolute(secondsSince1970: .max), at + .seconds(365 * 86_400)),
    ] as [(Expiry, Instant)])
    func `a picture message waits as long as its carrier says, and a week where that was over when the notice came`(expiry: Expiry, end: Instant) throws {
        let notice = NotificationIndication(transactionID: "T1", contentLocation: "http://mms.example.net/1", messageSize: 300, expiry: expiry)
        let octets = Push(.notificationIndication(notice), transactionID: 9).encoded()
        let interpreter = PushInterpreter(numbers: try #require(NumberPlan(country: "US")))
        guard case .announcement(let announcement) = interpreter.meaning(of: octets, receivedAt: Self.at) else {
            Issue.record("it is not announced")
            return
        }
        #expect(announcement.expires == end)
    }
}
