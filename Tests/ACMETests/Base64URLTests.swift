import Testing

@testable import ACME

struct Base64URLTests {
    /// RFC 4648 §10, without padding.
    @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy")])
    func `it is as in the standard, both ways`(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(plain.utf8))
    }

    /// RFC 7515 §C.
    @Test func `the alphabet is the one for URLs`() {
        #expect(Base64URL.encode([3, 236, 255, 224, 193]) == "A-z_4ME")
    }

    @Test func `padding is passed over, other signs are not`() {
        #expect(Base64URL.decode("Zg==") == [0x66])
        #expect(Base64URL.decode("Z+==") == nil && Base64URL.decode("Z") == nil && Base64URL.decode("Zg=a") == nil)
    }
}
