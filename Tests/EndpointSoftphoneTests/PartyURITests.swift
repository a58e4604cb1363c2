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
        (.alphanumeric("My Bank"), "sip:My%20Bank@sms.example.org"), (.person("Homeline"), "sip:Homeline@sms.example.org"),
    ])
    func `an address has one URI: user and domain, and nothing that could differ`(address: Address, expected: String) {
        #expect(uris.uri(of: address).description == expected)
        #expect(uris.uri(of: address) == uris.uri(of: address))
    }

    @Test func `a person's account and a person as a sender are the same URI`() {
        #expect(uris.uri(of: PersonID("alice")) == uris.uri(of: .person("alice")))
    }

    /// Names and mailboxes anybody can have, and digits that are letters.
    @Test(arguments: [
        (Address.alphanumeric("+4512345678"), "+4512345678_."), (.alphanumeric("+45 1234.5678"), "+45%201234.5678_."), (.alphanumeric("80888"), "80888_."),
        (.alphanumeric("*100#"), "*100%23_."), (.email("+4512345678"), "+4512345678_."), (.shortCode("+4512345678"), "+4512345678_."),
        (.alphanumeric("anna!bo"), "anna_bo."), (.email("anna@bo"), "anna_bo."), (.email("anna@bo.example"), "anna_bo.example"), (.email("alice"), "alice."),
        (.email("Homeline"), "Homeline."), (.shortCode("abc"), "abc."), (.shortCode("12c"), "12c."), (.alphanumeric(""), "Unknown"),
        (.alphanumeric("group-12"), "group-12."), (.alphanumeric("12_3"), "12_3."), (.number("alice"), "alice."),
    ])
    func `a stranger's name is neither a person's, nor ours, nor a number's`(address: Address, user: String) throws {
        let uri = uris.uri(of: address)
        #expect(uri.description == "sip:\(user)@sms.example.org")
        let answered = try #require(uris.user(of: try URI(decoding: uri.description)))
        #expect(uris.uri(of: .alphanumeric(answered)) == uri)
        #expect(PartyURIs.group(of: answered) == nil)
    }

    /// Whoever answers it is told that nobody can be reached so, instead of writing to the number.
    @Test(arguments: ["+4512345678", "+45 1234.5678", "80888", "0041791234567", "*100#", "192.0.2.1"])
    func `a name that looks like a number is not dialled when it is answered`(name: String) throws {
        let plan = try #require(NumberPlan(country: "CH"))
        let answered = try #require(uris.user(of: uris.uri(of: .alphanumeric(name))))
        #expect(plan.normalise(answered) == nil)
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
