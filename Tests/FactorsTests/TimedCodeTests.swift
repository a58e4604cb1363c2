import Factors
import Testing
import Wire

@Suite struct TimedCodeTests {
    private let secret = Array("12345678901234567890".utf8)

    /// RFC 6238 Appendix B, the rows of SHA-1.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"), (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ] as [(Int64, String)])
    func `codes are those of the standard`(seconds: Int64, code: String) {
        #expect(TimedCode.code(secret, step: TimedCode.step(at: seconds), digits: 8) == code)
        #expect(TimedCode.code(secret, step: TimedCode.step(at: seconds)) == code.suffix(6))
    }

    /// RFC 4226 Appendix D.
    @Test func `counters give the codes of the standard too`() {
        let codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
        #expect((0..<10).map { TimedCode.code(secret, step: $0) } == codes)
    }

    @Test func `a code is good one step early and late, and no further`() {
        let now: Int64 = 1_111_111_111, step = TimedCode.step(at: now)
        for drift in [-1, 0, 1] as [Int64] {
            #expect(TimedCode.step(of: TimedCode.code(secret, step: step + drift), secret, at: now, after: -1) == step + drift)
        }
        for drift in [-2, 2] as [Int64] { #expect(TimedCode.step(of: TimedCode.code(secret, step: step + drift), secret, at: now, after: -1) == nil) }
    }

    @Test func `a step that was used is good no more, nor one before it`() {
        let now: Int64 = 1_111_111_111, step = TimedCode.step(at: now)
        #expect(TimedCode.step(of: TimedCode.code(secret, step: step), secret, at: now, after: step) == nil)
        #expect(TimedCode.step(of: TimedCode.code(secret, step: step - 1), secret, at: now, after: step) == nil)
        #expect(TimedCode.step(of: TimedCode.code(secret, step: step + 1), secret, at: now, after: step) == step + 1)
    }

    @Test func `it is typed with a blank or without, and nothing else is a code`() {
        let code = TimedCode.code(secret, step: 0)
        #expect(TimedCode.step(of: "\(code.prefix(3)) \(code.suffix(3))", secret, at: 0, after: -1) == 0)
        for wrong in ["", "75522", "7552244", "abcdef", "７５５２２４", "\0\0\0\0\0\0"] { #expect(TimedCode.step(of: wrong, secret, at: 0, after: -1) == nil) }
        #expect(TimedCode.step(at: -5) == 0)
    }

    @Test func `the link says all that an app wants to know`() {
        #expect(
            TimedCode.link(secret, issuer: "Homeline", account: "al ice")
                == "otpauth://totp/Homeline:al%20ice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Homeline&algorithm=SHA1&digits=6&period=30")
    }

    /// RFC 4648 §10, without the padding.
    @Test(arguments: [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")])
    func `letters stand for octets as the standard has it`(text: String, base32: String) {
        #expect(Base32.encode(Array(text.utf8)) == base32)
    }
}
