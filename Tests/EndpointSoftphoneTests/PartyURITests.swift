import SIP
import Telephony
import Testing

@testable import EndpointSoftphone

@Suite struct PartyURITests {
    private let uris: PartyURIs

    init() throws { uris = PartyURIs(domain: try #require(Host("sms.example.org"))) }

    @Test(arguments: [
        (Address.number("+15550100"), "sip:+15550100@sms.example.org"), (.shortCode("80888"), "sip:80888@sms.example.org"),
        (.alphanumeric("alice"), "sip:alice.@sms.example.org"), (.alphanumeric("HOMELINE"), "sip:HOMELINE.@sms.example.org"),
        (.alphanumeric("BANK"), "sip:BANK@sms.example.org"), (.person("alice"), "sip:alice@sms.example.org"),
        (.alphanumeric("My Bank"), "sip:My%20Bank@sms.example.org"),
    ])
    func `an address has one URI: user and domain, and nothing that could differ`(address: Address, expected: String) {
        #expect(uris.uri(of: address).description == expected)
        #expect(uris.uri(of: address) == uris.uri(of: address))
    }

    @Test func `a person's account and a person as a sender are the same URI`() {
        #expect(uris.uri(of: PersonID("alice")) == uris.uri(of: .person("alice")))
    }

    @Test(arguments: [
        "a@evil.example", "a;transport=tcp", "a?Subject=x", "a:secret", "a<b>", "\"a\"", "a\r\nX-Evil: 1", "a\u{0}b", "a/../b", "a,b", "a%40b", "\u{202E}abc", "\u{1F389}",
        "", "\u{7F}",
    ])
    func `a hostile name stays within the user part`(name: String) throws {
        let uri = uris.uri(of: .alphanumeric(name))
        let read = try URI(decoding: uri.description)
        #expect(read.host.text == "sms.example.org")
        #expect(read == uri)
        #expect(read.port == nil)
        #expect(read.parameters.isEmpty)
        #expect(read.headers.isEmpty)
        #expect(read.user?.isEmpty == false)
        #expect(uri.description.utf8.allSatisfy { (0x21...0x7E).contains($0) })
    }

    @Test(arguments: ["+15550100", "80888", "*100#", "BANK", "Müller & Söhne", "My Bank"])
    func `what the app answers to is read back as the same user`(text: String) throws {
        let uri = uris.uri(of: .alphanumeric(text))
        let answered = try #require(uris.user(of: try URI(decoding: uri.description)))
        #expect(uris.uri(of: .alphanumeric(answered)) == uri)
    }

    @Test(arguments: [
        ("sip:+15550100@sms.example.org", "+15550100"), ("sips:+15550100@sms.example.org:5061;transport=tls", "+15550100"), ("sip:%2B15550100@sms.example.org", "+15550100"),
        ("tel:+1-555-0100", "+15550100"), ("tel:+1(555)01.00;phone-context=x", "+15550100"),
    ])
    func `every way of writing a number names the same user`(text: String, user: String) throws {
        #expect(uris.user(of: try URI(decoding: text)) == user)
    }

    @Test(arguments: ["sip:sms.example.org", "tel:", "mailto:alice@example.org", "urn:service:sos"])
    func `what names nobody is nobody`(text: String) throws {
        let uri = URI(lenient: text)
        #expect(uris.user(of: uri) == nil)
    }
}

extension URI {
    /// As a request line would give it.
    fileprivate init(lenient text: String) {
        self = (try? request("MESSAGE \(text) SIP/2.0", "Call-ID: 1", "CSeq: 1 MESSAGE").uri) ?? URI(scheme: .other("unreadable"), opaque: "")
    }
}
