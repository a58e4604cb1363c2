import SIP
import Testing

@Suite struct DigestTests {
    /// Input and digest of every hash an example needs: the module is told the hash, so a table will do.
    private static func table(_ rows: [String: String]) -> Digest.Hash {
        { input in Self.octets(rows[String(decoding: input, as: UTF8.self)] ?? "00") }
    }

    private static func octets(_ hex: String) -> [UInt8] {
        let digits = hex.utf8.map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// The example of RFC 2617 §3.5, hashes computed apart.
    @Test func `the example of RFC 2617 comes out`() throws {
        let hash = Self.table([
            "Mufasa:testrealm@host.com:Circle Of Life": "939e7578ed9e3c518a452acee763bce9",
            "GET:/dir/index.html": "39aff3a2bab6126f332b942af96d3366",
            "939e7578ed9e3c518a452acee763bce9:dcd98b7102dd2f0e8b11d0f600bfb0c093:00000001:0a4f113b:auth:39aff3a2bab6126f332b942af96d3366": "6629fae49393a05397450978507c4ef1",
            "939e7578ed9e3c518a452acee763bce9:dcd98b7102dd2f0e8b11d0f600bfb0c093:39aff3a2bab6126f332b942af96d3366": "670fd8c2df070c60b045671b8b24ff02",
        ])
        let get = try #require(Method("GET"))
        let ha1 = Digest.ha1(username: "Mufasa", realm: "testrealm@host.com", password: "Circle Of Life", hash: hash)
        #expect(ha1 == "939e7578ed9e3c518a452acee763bce9")
        var credentials = Digest.Credentials(
            username: "Mufasa", realm: "testrealm@host.com", nonce: "dcd98b7102dd2f0e8b11d0f600bfb0c093", uri: "/dir/index.html",
            response: "6629FAE49393a05397450978507c4ef1", cnonce: "0a4f113b", qop: "auth", nonceCount: 1)
        #expect(Digest.verify(credentials, method: get, ha1: ha1, hash: hash))
        #expect(!Digest.verify(credentials, method: .register, ha1: ha1, hash: hash))
        credentials.qop = nil
        #expect(!Digest.verify(credentials, method: get, ha1: ha1, hash: hash))
        credentials.response = "670fd8c2df070c60b045671b8b24ff02"
        #expect(Digest.verify(credentials, method: get, ha1: ha1, hash: hash))
        credentials.response = ""
        #expect(!Digest.verify(credentials, method: get, ha1: ha1, hash: hash))
    }

    /// Captured from Linphone 5.1 (password "secret"), hashes computed apart.
    @Test func `the proof of Linphone is right`() throws {
        let hash = Self.table([
            "REGISTER:sip:127.0.0.1": "7f83831edc2db7fc4a41972f6cbb2683",
            "18af59e93bb3331aac9fe77419a6ec78:awDPTGsAziBoG9eGhdRxUwLtZzm5xEAT:00000001:ID05pNWYqJ-VrSsF:auth:7f83831edc2db7fc4a41972f6cbb2683": "41a1229fe5053c359d10d92fb1b7f53d",
        ])
        let request = try MessageVectorTests.captured("linphone-register-credentials")
        let credentials = try #require(request.headers.authorization.first)
        #expect(Digest.verify(credentials, method: request.method, ha1: "18af59e93bb3331aac9fe77419a6ec78", hash: hash))
        #expect(Digest.covers(credentials, request.uri))
        #expect(!Digest.covers(credentials, try URI(decoding: "sip:127.0.0.2")))
    }

    @Test(arguments: [(27, true), (28, false), (4_000, false)])
    func `what a stranger says of themselves is read up to a number of parameters`(more: Int, isRead: Bool) {
        let named = "username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:h\", response=\"00\""
        let credentials = try? Digest.Credentials(decoding: "Digest \(named)" + (0..<more).map { ", x\($0)=1" }.joined())
        #expect((credentials != nil) == isRead)
    }

    @Test func `a challenge is answered with what it asks for`() throws {
        let hash = NonceMintTests.seal
        let challenge = Digest.Challenge(realm: "r", nonce: "n", algorithm: .sha256, opaque: "o")
        let uri = try URI(decoding: "sip:b@h")
        let answer = try #require(Digest.answer(challenge, username: "a", ha1: "x", method: .message, uri: uri, cnonce: "c", nonceCount: 10, hash: hash))
        #expect(answer.algorithm == .sha256 && answer.opaque == "o" && answer.qop == "auth" && answer.nonceCount == 10)
        let decoded = try Digest.Credentials(decoding: answer.description)
        #expect(decoded == answer)
        #expect(Digest.verify(decoded, method: .message, ha1: "x", hash: hash))
        #expect(!Digest.verify(decoded, method: .message, ha1: "y", hash: hash))
        var other = challenge
        other.algorithm = .other("SHA-512-256")
        #expect(Digest.answer(other, username: "a", ha1: "x", method: .message, uri: uri, cnonce: "c", hash: hash) == nil)
        other = challenge
        other.qop = ["auth-int"]
        #expect(Digest.answer(other, username: "a", ha1: "x", method: .message, uri: uri, cnonce: "c", hash: hash) == nil)
    }

    @Test func `a count that was not hashed is none`() throws {
        let plain = "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:h\", response=\"0\", nc=00000002"
        #expect(try Digest.Credentials(decoding: plain).nonceCount == nil)
        #expect(try Digest.Credentials(decoding: plain + ", cnonce=\"c\", qop=auth").nonceCount == 2)
    }

    @Test func `other schemes are passed over`() throws {
        var headers = Headers()
        headers.append(.authorization, "NoOneKnowsThisScheme opaque-data=here")
        headers.append(.authorization, "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"sip:h\", response=\"0\"")
        #expect(headers.authorization.map(\.username) == ["a"])
        headers.wwwAuthenticate = [
            Digest.Challenge(realm: "r", nonce: "n", algorithm: .sha256), Digest.Challenge(realm: "r", nonce: "n", algorithm: .md5, isStale: true),
        ]
        #expect(headers.fieldCount(.wwwAuthenticate) == 2)
        #expect(headers.wwwAuthenticate.map(\.isStale) == [false, true])
    }
}

@Suite struct NonceMintTests {
    /// Not a MAC, but as good as one to who does not try to break it.
    static let seal: NonceMint.Seal = { input in
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        return (0..<16).map { round in
            for octet in input + [UInt8(round)] { state = (state ^ UInt64(octet)) &* 0x100_0000_01B3 }
            return UInt8(truncatingIfNeeded: state >> 32)
        }
    }

    private static func nonce(_ mint: NonceMint, _ number: UInt64 = 0, now: Int = 1000, source: String = "s") -> String {
        mint.mint(now: now, source: source, random: number)
    }

    @Test func `a count is taken once, in any order within the window`() {
        var mint = NonceMint(seal: Self.seal)
        let nonce = Self.nonce(mint)
        let counts: [(UInt32, NonceMint.Verdict)] = [
            (1, .fresh), (1, .refused), (3, .fresh), (2, .fresh), (2, .refused), (3, .refused), (100, .fresh), (37, .fresh), (36, .refused), (99, .fresh),
            (.max, .fresh), (.max, .refused), (0, .refused),
        ]
        for (count, verdict) in counts { #expect(mint.check(nonce, count: count, now: 1001, source: "s") == verdict, "\(count)") }
    }

    @Test func `a nonce is short, of digits that need no quoting, and never twice the same`() {
        let mint = NonceMint(seal: Self.seal)
        let nonces = [0, 1, 0xFF_FFFF_FFFF_FFFF].map { Self.nonce(mint, $0) } + [Self.nonce(mint, now: 1001), Self.nonce(mint, source: "t")]
        #expect(Set(nonces).count == nonces.count)
        for nonce in nonces {
            #expect(nonce.utf8.count == 32)
            #expect(nonce.utf8.allSatisfy { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
        }
    }

    @Test(arguments: [0, 1000, 1_800_000_000, 1 << 32, 1 << 39])
    func `a nonce knows its time to the second, also after 2106`(now: Int) {
        var mint = NonceMint(lifetime: 300, seal: Self.seal)
        #expect(mint.check(Self.nonce(mint, now: now), count: 1, now: now + 300, source: "s") == .fresh)
        #expect(mint.check(Self.nonce(mint, 1, now: now), count: 1, now: now + 301, source: "s") == .stale)
    }

    @Test func `a nonce lives its time, for its source`() {
        var mint = NonceMint(lifetime: 300, seal: Self.seal)
        let nonce = Self.nonce(mint)
        #expect(mint.check(nonce, count: 1, now: 1300, source: "s") == .fresh)
        #expect(mint.check(nonce, count: 2, now: 1301, source: "s") == .stale)
        #expect(mint.check(nonce, count: 2, now: 999, source: "s") == .stale)
        #expect(mint.check(nonce, count: 2, now: 1001, source: "t") == .stale)
    }

    @Test(arguments: ["", ".", "...", "3e8.00.00.00", "-1.0.0.0", "zz.0.0.0", "99999999999999999999999.0.0.0", "awDPTGsAziBoG9eGhdRxUwLtZzm5xEAT", "3e8.00112233445566778899aabbccddeeff.00112233445566778899aabb"])
    func `what was not minted here is stale`(nonce: String) {
        var mint = NonceMint(seal: Self.seal)
        #expect(mint.check(nonce, count: 1, now: 1000, source: "s") == .stale)
    }

    @Test func `a changed nonce is stale`() {
        var mint = NonceMint(seal: Self.seal)
        let nonce = Array(Self.nonce(mint).utf8)
        for index in nonce.indices {
            var changed = nonce
            changed[index] = changed[index] == 0x31 ? 0x32 : 0x31
            #expect(mint.check(String(decoding: changed, as: UTF8.self), count: 1, now: 1000, source: "s") == .stale)
        }
    }

    @Test func `a full window forgets the oldest, and what it forgot is stale, not new`() {
        var mint = NonceMint(lifetime: 300, capacity: 4, seal: Self.seal)
        let nonces = (0..<5).map { Self.nonce(mint, UInt64($0), now: 1000 + $0) }
        for nonce in nonces { #expect(mint.check(nonce, count: 1, now: 1010, source: "s") == .fresh) }
        #expect(mint.check(nonces[0], count: 1, now: 1010, source: "s") == .stale)
        #expect(mint.check(nonces[0], count: 2, now: 1010, source: "s") == .stale)
        #expect(mint.check(nonces[4], count: 2, now: 1010, source: "s") == .fresh)
    }

    @Test func `without a count a nonce serves once`() {
        var mint = NonceMint(seal: Self.seal)
        let nonce = Self.nonce(mint)
        #expect(mint.check(nonce, count: nil, now: 1000, source: "s") == .fresh)
        #expect(mint.check(nonce, count: nil, now: 1000, source: "s") == .stale)
    }
}
