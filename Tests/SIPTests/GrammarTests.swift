@testable import SIP
import Testing

@Suite struct GrammarTests {
    private static let alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

    @Test(arguments: [
        ("token", Grammar.isToken, "-.!%*_+`'~"), ("user", Grammar.isUser, "-_.!~*'()&=+$,;?/"), ("password", Grammar.isPassword, "-_.!~*'()&=+$,"),
        ("parameter", Grammar.isParameter, "-_.!~*'()[]/:&+$"), ("host", Grammar.isHost, "-._"),
        ("uri", Grammar.isURI, "!#$%&'()*+,-./:;=?@[\\]^_`{|}~"),
    ] as [(String, @Sendable (UInt8) -> Bool, String)])
    func `every class has letters, digits and its own marks, and nothing else`(name: String, isMember: @Sendable (UInt8) -> Bool, marks: String) {
        let members = Set((Self.alphanumeric + marks).utf8)
        for octet in UInt8.min...UInt8.max { #expect(isMember(octet) == members.contains(octet), "\(name) \(octet)") }
    }

    @Test func `an octet is found wherever it stands`() {
        for length in 0..<40 {
            for place in 0...length {
                var octets = [UInt8](repeating: 0x8A, count: length + 1)
                octets[place] = 0x0A
                for start in 0...place { #expect(OctetSearch.index(of: 0x0A, from: start, in: octets.span.bytes) == place) }
                #expect(OctetSearch.index(of: 0x0A, from: place + 1, in: octets.span.bytes) == length + 1)
            }
        }
    }

    @Test func `every form of every name is found, and no prefix of one`() {
        for name in HeaderName.Known.allCases {
            #expect(name.spelling.utf8.count <= NameTable.longest)
            for form in [name.spelling, name.compactForm].compactMap(\.self) {
                let line = Array((form.uppercased() + ":" + String(repeating: "x", count: 24)).utf8)
                guard let found = NameTable.key(at: 0, in: line.span.bytes) else {
                    #expect(form.utf8.count == NameTable.longest)
                    continue
                }
                #expect(NameTable.shared[found.key] == name && found.length == form.utf8.count)
                #expect(HeaderName(form)?.known == name)
            }
        }
        #expect(NameTable.shared[NameTable.key("Vi".utf8)] == nil && NameTable.shared[NameTable.key("".utf8)] == nil)
    }
}
