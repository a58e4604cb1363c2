import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@Suite struct SecretGuardTests {
    private let clock = ManualClock()
    private let secret = KnownSecret("correct horse")
    private let place = Source.network("192.0.2.1")

    @Test func `a secret is itself and nothing else`() {
        #expect(secret.equals("correct horse"))
        for other in ["", "correct hors", "correct horse ", "Correct horse", String(repeating: "x", count: 1_000_000)] { #expect(!secret.equals(other)) }
    }

    @Test func `after ten wrong ones a source has to wait, and the right one passes all the same`() {
        let watch = SecretGuard(mint: .repeatable(clock))
        for _ in 0..<10 { #expect(watch.judge("x", secret, from: place) == .wrong(wait: nil)) }
        #expect(watch.judge("x", secret, from: place) == .wrong(wait: 300))
        #expect(watch.judge("correct horse", secret, from: place) == .right)
        #expect(watch.judge("x", secret, from: .network("192.0.2.2")) == .wrong(wait: nil))
        clock.advance(by: .seconds(300))
        #expect(watch.judge("x", secret, from: place) == .wrong(wait: nil))
    }

    @Test func `saying nothing is wrong and no guess, and the owner's own socket is right`() {
        let watch = SecretGuard(mint: .repeatable(clock))
        for _ in 0..<100 { #expect(watch.judge(nil, secret, from: place) == .wrong(wait: nil)) }
        #expect(watch.judge(nil, secret, from: .local) == .right)
    }

    @Test(arguments: [("Bearer abc", "abc"), ("bearer abc", "abc"), ("Basic abc", nil), ("Bearer", nil), (nil, nil)])
    func `a bearer's secret stands behind its word`(field: String?, secret: String?) {
        #expect(SecretGuard.bearer(field) == secret)
    }
}
