import HTTPStack
import SIP
import Telephony
import Testing

@testable import EndpointVoIPms

@Suite struct SOAPTests {
    private func post(_ house: House, _ body: String) async throws -> (Int, XML.Element) {
        let request = HTTPStack.Request(.post, SOAPService.path, headers: ["Content-Type": "text/xml; charset=utf-8"], body: Array(body.utf8))
        let response = await house.site.respond(to: request)
        guard case .octets(let octets) = response.body else { throw Refusal(.failed) }
        return (response.status, try XML.decode(octets))
    }

    private static func envelope(_ call: String) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <SOAP-ENV:Envelope xmlns:ns0="https://voip.ms/api/schema" xmlns:ns1="http://schemas.xmlsoap.org/soap/envelope/" \
        xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
        <SOAP-ENV:Header/><ns1:Body>\(call)</ns1:Body></SOAP-ENV:Envelope>
        """
    }

    private static let login = "<api_username>me@home.example</api_username><api_password>s3cret!+@:pass</api_password>"

    private func map(_ root: XML.Element) throws -> [String: String] {
        let answer = try #require(root.child("Body")?.children.first?.child("return"))
        return Dictionary(uniqueKeysWithValues: answer.children.map { ($0.child("key")?.text ?? "", $0.child("value")?.text ?? "") })
    }

    @Test(arguments: [
        // As suds writes it.
        "<ns2:sendSMS xmlns:ns2=\"urn:VoIPmsService\"><params xsi:type=\"ns0:sendSMSInput\">\(login)<did>5550100999</did><dst>5550100123</dst><message>Grüezi &amp; &#x1F44B;</message></params></ns2:sendSMS>",
        // As zeep does.
        "<ns2:sendSMS xmlns:ns2=\"urn:VoIPmsService\"><params>\(login)<did>5550100999</did><dst>5550100123</dst><message>Grüezi &amp; 👋</message></params></ns2:sendSMS>",
        // As PHP does, without a description.
        "<ns2:sendSMS><params xsi:type=\"ns3:Map\"><item><key>api_username</key><value>me@home.example</value></item><item><key>api_password</key><value>s3cret!+@:pass</value></item><item><key>did</key><value>5550100999</value></item><item><key>dst</key><value>5550100123</value></item><item><key>message</key><value>Grüezi &amp; 👋</value></item></params></ns2:sendSMS>",
    ])
    func `a text is sent as programs write their calls`(call: String) async throws {
        let house = try House()
        let (status, root) = try await post(house, Self.envelope(call))
        #expect(status == 200)
        #expect(try map(root) == ["status": "success", "sms": "1"])
        #expect(try await house.sent().map(\.text) == ["Grüezi & 👋"])
    }

    @Test func `what is refused is told by its status, as everywhere`() async throws {
        let house = try House()
        #expect(try map(try await post(house, Self.envelope("<x:getIP xmlns:x=\"urn:VoIPmsService\"><params/></x:getIP>")).1) == ["status": "missing_credentials"])
        #expect(try map(try await post(house, Self.envelope("<nope><params>\(Self.login)<method>getIP</method></params></nope>")).1) == ["status": "invalid_method"])
    }

    @Test(arguments: [
        "", "not XML", "<Envelope/>", "<!DOCTYPE x [<!ENTITY a \"b\">]>" + envelope("<getIP/>"), envelope("<getIP><params><api_username>&undefined;</api_username></params></getIP>"),
        envelope("<getIP><params><item><key>" + String(repeating: "\u{301}\u{327}", count: 500) + "</key><value/></item></params></getIP>"),
        envelope(String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100)), envelope("<sendSMS><params>" + String(repeating: "<a/>", count: 2000) + "</params></sendSMS>"),
    ])
    func `what is no call is a fault, and entities are nobody's`(body: String) async throws {
        let (status, root) = try await post(try House(), body)
        #expect(status == 500)
        #expect(root.child("Body")?.child("Fault")?.child("faultcode")?.text == "SOAP-ENV:Client")
    }

    @Test func `the description names every method, and where to call it`() async throws {
        let house = try House()
        for path in [SOAPService.descriptionPath, SOAPService.path + "?wsdl"] {
            let response = await house.site.respond(to: HTTPStack.Request(.get, path))
            guard case .octets(let octets) = response.body else { throw Refusal(.failed) }
            let root = try XML.decode(octets)
            let operations = root.child("binding")?.children.filter { $0.name == "operation" }.compactMap { $0.attributes["name"] }
            #expect(operations == CallMethod.allCases.map(\.rawValue))
            #expect(root.child("service")?.child("port")?.child("address")?.attributes["location"] == "https://sms.example.org/api/v1/server.php")
        }
    }

    @Test func `lists and maps are written as PHP writes them`() async throws {
        let house = try House()
        let (_, root) = try await post(house, Self.envelope("<getSubAccounts><params>\(Self.login)</params></getSubAccounts>"))
        let items = try #require(root.child("Body")?.children.first?.child("return")?.children)
        #expect(items.first?.child("value")?.text == "success")
        let accounts = try #require(items.last?.child("value"))
        #expect(accounts.attributes["arrayType"] == "xsd:anyType[2]" && accounts.children.count == 2)
        #expect(accounts.children.first?.attributes["type"] == "ns2:Map")
    }
}
