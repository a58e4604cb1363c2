import Testing
import Wire

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

    @Test(arguments: ["A", "Zg==", "Zh", "Z g", "Zm9v+", "Zm9v/", "é"])
    func `anything else is none`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `a token may be written in its alphabet without standing for octets`() {
        #expect(Base64URL.isAlphabet("A") && Base64URL.isAlphabet("Zh") && Base64URL.isAlphabet(""))
        #expect(!Base64URL.isAlphabet("Zg==") && !Base64URL.isAlphabet("é"))
    }
}
