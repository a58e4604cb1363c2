import Foundation
import HTTPStack
import HomelineTesting
import Settings
import Telephony
import Testing

@testable import TrunkGateway

@Suite struct PatternTests {
    private static let site = GatewaySite(url: "https://gw.example", user: "me", secret: "s&cret", callback: "https://us.example/gateway/home", callingCode: "1")

    private func filling(_ text: String, files: [OutgoingFile] = []) -> Filling {
        Filling(to: .number("+12025550123"), from: "+12025550100", text: text, id: "01ABC", files: files, site: Self.site)
    }

    @Test(arguments: [
        ("{to}", "+12025550123"), ("{to.digits}", "12025550123"), ("{to.national}", "2025550123"), ("{from.national}", "2025550100"), ("{text}", "Grüße"),
        ("{id}", "01ABC"), ("{user}:{secret}", "me:s&cret"), ("{callback}?id={id}", "https://us.example/gateway/home?id=01ABC"), ("{{{to.digits}}}", "{12025550123}"),
        ("{alphabet:0|2}", "0"),
    ])
    func `placeholders stand for what they say`(pattern: String, value: String) throws {
        #expect(try Pattern(pattern).filled(filling("Grüße"), escaping: .enclosed) == value)
    }

    @Test func `a text that seven bits cannot say is told from one that they can`() throws {
        #expect(try Pattern("{alphabet:0|2}").filled(filling("Привет"), escaping: .enclosed) == "2")
        #expect(try Pattern("{alphabet:text|unicode}").filled(filling("[{€}]"), escaping: .enclosed) == "text")
    }

    @Test(arguments: ["{too}", "{to", "to}", "{to.fancy}", "{media.0}", "{media.1.colour}", "{}", "{alphabet:1}", "{to.full}"])
    func `a placeholder that there is not is told`(pattern: String) { #expect(throws: Unreadable.self) { try Pattern(pattern) } }

    @Test func `what has no value is left out, and files are there once each`() throws {
        let files = [OutgoingFile(mediaType: "image/png", name: "a.png", octets: [1, 2], url: "https://x/a"), OutgoingFile(mediaType: "image/gif", name: "b.gif", octets: [3], url: "https://x/b")]
        let document = try JSONPattern(#"{"urls": ["{media}"], "third": "{media.3}", "list": [{"type": "{media.type}", "content": "{media.base64}"}], "n": 7}"#)
        #expect(
            document.filled(filling("x", files: files)).map { String(decoding: $0.encoded, as: UTF8.self) }
                == #"{"urls":["https://x/a","https://x/b"],"list":[{"type":"image/png","content":"AQI="},{"type":"image/gif","content":"Aw=="}],"n":7}"#)
        #expect(document.filled(filling("x")).map { String(decoding: $0.encoded, as: UTF8.self) } == #"{"urls":[],"list":[],"n":7}"#)
        let request = RequestTemplate(address: try Pattern("{url}/"), body: .form([.init("MediaUrl", try Pattern("{media}")), .init("Third", try Pattern("{media.3}"))]))
        #expect(String(decoding: try request.filled(filling("x", files: files)).body, as: UTF8.self) == "MediaUrl=https%3A%2F%2Fx%2Fa&MediaUrl=https%3A%2F%2Fx%2Fb")
    }

    /// What breaks out of requests that are put together carelessly, and whatever chance adds.
    private static func texts(_ seed: UInt64) -> [String] {
        var random = SplitMix(seed: seed)
        let awkward = Array("&=%+?#/\\\"'<>{}[]()\r\n\t\0;:,!~`$ \u{FEFF}\u{2028}éß😀٣]]>--homeline-0")
        return (0..<200).map { _ in String((0..<Int(random.next() % 40)).map { _ in awkward[Int(random.next() % UInt64(awkward.count))] }) }
    }

    @Test func `no text ever leaves its place in an address`() throws {
        let request = RequestTemplate(
            method: .get, address: try Pattern("{url}/send/{text}/end?q={text}&to={to}"), query: [.init("text", try Pattern("{text}")), .init("last", try Pattern("1"))])
        for text in Self.texts(1) {
            let url = try request.filled(filling(text)).url
            let parts = url.target.split(separator: "?", omittingEmptySubsequences: false)
            try #require(parts.count == 2 && url.host == "gw.example")
            let path = parts[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            #expect(path.count == 4 && path[1] == "send" && path[3] == "end" && PercentEncoding.decode(path[2], plus: .literal) == text)
            let fields = parts[1].split(separator: "&").map { $0.split(separator: "=", omittingEmptySubsequences: false).map(String.init) }
            #expect(fields.map(\.count) == [2, 2, 2, 2] && fields.map { $0[0] } == ["q", "to", "text", "last"])
            #expect(PercentEncoding.decode(fields[0][1], plus: .space) == text && PercentEncoding.decode(fields[2][1], plus: .space) == text)
        }
    }

    @Test func `no text ever leaves its place in a form`() throws {
        let request = RequestTemplate(address: try Pattern("{url}/"), body: .form([.init("a&b", try Pattern("{text}=1")), .init("to", try Pattern("{to}"))]))
        for text in Self.texts(2) {
            let fields = String(decoding: try request.filled(filling(text)).body, as: UTF8.self).split(separator: "&").map { $0.split(separator: "=", omittingEmptySubsequences: false) }
            #expect(fields.map(\.count) == [2, 2] && fields[0][0] == "a%26b" && PercentEncoding.decode(fields[0][1], plus: .space) == text + "=1")
        }
    }

    @Test func `no text ever leaves its place in JSON`() throws {
        let request = RequestTemplate(address: try Pattern("{url}/"), body: .json(try JSONPattern(#"{"to": ["{to}"], "text": "<{text}>", "n": 1}"#)))
        for text in Self.texts(3) {
            let document = try JSON(decoding: try request.filled(filling(text)).body)
            #expect(document == ["to": ["+12025550123"], "text": .string("<\(text)>"), "n": 1])
        }
    }

    @Test func `no text ever leaves its place in XML`() throws {
        let request = RequestTemplate(address: try Pattern("{url}/"), body: .xml(try Pattern("<sms to=\"{text}\"><text>{text}</text></sms>")))
        for text in Self.texts(4) {
            let body = String(decoding: try request.filled(filling(text)).body, as: UTF8.self)
            #expect(body.count { $0 == "<" } == 4 && body.count { $0 == "\"" } == 2 && body.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 })
            let shown = text.unicodeScalars.map { $0.value < 0x20 && $0 != "\t" && $0 != "\n" && $0 != "\r" ? "\u{FFFD}" : $0 }
            let wanted = String(String.UnicodeScalarView(shown))
            #expect(try ElementName("text").text(in: body) == wanted)
        }
    }

    @Test func `no text ever leaves its place in a header field`() throws {
        let request = RequestTemplate(address: try Pattern("{url}/"), headers: [.init("X-Text", try Pattern("{text}"))])
        for text in Self.texts(5) {
            let headers = try request.filled(filling(text)).headers
            #expect(headers.count == 1 && headers[0].value.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
        }
    }

    @Test func `no text ever leaves its place in a form of several parts`() throws {
        let request = RequestTemplate(address: try Pattern("{url}/"), body: .multipart([.init("text", try Pattern("{text}")), .init("file", try Pattern("{media.file}"))]))
        for text in Self.texts(6) {
            let file = OutgoingFile(mediaType: "image/png", name: text, octets: Array("\r\n--homeline-0--\r\n".utf8), url: nil)
            let made = try request.filled(filling(text, files: [file]))
            var reader = try #require(MultipartReader(contentType: made.headers[0].value))
            var contents: [[UInt8]] = []
            var names: [String?] = []
            for event in try reader.feed(made.body) {
                switch event {
                case .part(let head):
                    names.append(head.name)
                    contents.append([])
                case .octets(let octets): contents[contents.count - 1] += octets
                case .partEnds: break
                }
            }
            #expect(reader.isComplete && names == ["text", "file"] && contents == [Array(text.utf8), file.octets])
        }
    }

    @Test func `nothing from outside has a say in which server is called`() {
        for address in ["https://{to}/x", "https://gw.example{to}/", "{to}/x", "{url}{to}/", "ftp://gw.example/", "https://{url}/"] {
            #expect(throws: SettingsError.self) {
                try GatewayTemplate(reading: Section(SettingsText.node("text:\n  url: \"\(address)\"\nanswer:\n  reference: own\n"), path: "t"))
            }
        }
    }

    @Test(arguments: [(0, "1970-01-01"), (1_774_880_656, "2026-03-30"), (951_782_400, "2000-02-29"), (4_107_542_399, "2100-02-28")] as [(Int64, String)])
    func `days are those of the calendar`(seconds: Int64, day: String) {
        #expect(CalendarDay(of: Instant(seconds: seconds)).text == day)
    }
}
