import Certificates
import HTTPStack
import Telephony
import Testing

@testable import ACME

struct RenewalPlanTests {
    @Test func `each failure makes the next wait longer, up to half a day`() {
        let pauses = (1...8).map { RenewalPlan.pause(afterFailures: $0, isRateLimit: false, later: nil, fraction: 0.5) }
        #expect(pauses == [.seconds(60), .seconds(300), .seconds(900), .seconds(3600), .seconds(14_400), .seconds(43_200), .seconds(43_200), .seconds(43_200)])
    }

    @Test func `chance moves it by a quarter either way`() {
        #expect(RenewalPlan.pause(afterFailures: 1, isRateLimit: false, later: nil, fraction: 0) == .seconds(45))
        #expect(RenewalPlan.pause(afterFailures: 1, isRateLimit: false, later: nil, fraction: 1) == .seconds(75))
    }

    @Test func `a limit is never tried again within the hour, nor before the authority wants it`() {
        #expect(RenewalPlan.pause(afterFailures: 1, isRateLimit: true, later: nil, fraction: 0.5) == .seconds(3600))
        #expect(RenewalPlan.pause(afterFailures: 1, isRateLimit: true, later: .seconds(86_400), fraction: 0.5) == .seconds(86_400))
    }

    @Test(arguments: [
        ("120", 120), ("0", 0), ("-1", nil), ("99999999", nil), ("x", nil), ("Thu, 01 Jan 1970 00:10:00 GMT", 500), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ] as [(String, Int?)])
    func `when to come back is said in seconds or as a date`(text: String, seconds: Int?) {
        let answer = OutgoingAnswer(status: 429, headers: [("Retry-After", text)])
        #expect(AuthorityClient.later(answer, now: 100) == seconds.map { .seconds($0) })
    }

    @Test func `a record survives being written, and a broken one is none`() {
        var record = IssuerRecord(directory: "https://ca.example/directory", accountKey: "PEM")
        record.account = "https://ca.example/account/1"
        record.failures = 3
        record.notBefore = Instant(seconds: 7)
        record.lastFailure = "\"x\""
        #expect(IssuerRecord(record.octets) == record)
        #expect(IssuerRecord(Array("{}".utf8)) == nil && IssuerRecord([]) == nil)
    }
}
