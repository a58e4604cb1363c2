import Crypto
import Exchange
import Testing
import Wire

@testable import Console

@Suite struct SealedPushTests {
    /// RFC 8291 §5.
    @Test func `the RFC's example comes out octet by octet`() throws {
        func octets(_ text: String) throws -> [UInt8] { try #require(Base64URL.decode(text)) }
        let browser = PushSubscription(
            endpoint: "https://push.example.net/", key: try octets("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            secret: try octets("BTBZMqHH6r4Tts7J_aSIgg"), person: "alice", signIn: "")
        let key = try P256.KeyAgreement.PrivateKey(rawRepresentation: try octets("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))
        let sealed = try SealedPush(
            Array("When I grow up, I want to be a watermelon".utf8), for: browser, key: key, salt: try octets("DGv6ra1nlYgDCS1FRnbzlw"))
        #expect(
            Base64URL.encode(sealed.octets)
                == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")
    }

    @Test func `each message has keys of its own, and no more octets than a push service takes`() throws {
        let browser = PushSubscription(
            endpoint: "https://push.example.net/", key: Array(P256.KeyAgreement.PrivateKey().publicKey.x963Representation), secret: [UInt8](repeating: 1, count: 16),
            person: "alice", signIn: "")
        let long = [UInt8](repeating: 65, count: 10_000)
        let one = try SealedPush(long, for: browser).octets, other = try SealedPush(long, for: browser).octets
        #expect(one != other && one.prefix(16) != other.prefix(16) && one.count <= 4096)
    }

    @Test func `a key that is no point of the curve is refused`() {
        let browser = PushSubscription(endpoint: "https://push.example.net/", key: [4] + [UInt8](repeating: 1, count: 64), secret: [], person: "alice", signIn: "")
        #expect(throws: (any Error).self) { try SealedPush([1], for: browser) }
    }
}
