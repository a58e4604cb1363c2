import HomelineTesting
import Kinds
import Settings
import Simulator
import Telephony
import Testing

@testable import TrunkGateway

@Suite struct SettingsTests {
    private static let whole = """
        template:
          text:
            method: post
            url: "https://gw.example/send/{to.digits}"
            authorization: bearer
            headers:
              X-From: "{from}"
            json: '{"text": "{text}", "id": "{id}"}'
          files:
            url: https://gw.example/files
            multipart:
              to: "{to}"
              file: "{media.file}"
          long:
            url: https://gw.example/long
            body: "{text}"
          longer-than: 160
          answer:
            reference: "json id"
            state: "json status"
            taken: [ok]
            later: [busy]
            strangers: [unknown*]
            stranger-statuses: [401, 403]
            detail: "json message"
            without-reference: failed
          files-answer:
            reference: "xml id"
          repeats: harmless
          callback:
            proof: header X-Key
            message:
              when:
                kind: text|picture
                from: "*"
              sender: from
              text: text
              id: id
              time: at
              time-form: utc
              media: files
              media-separator: ";"
              numbers: international
              charset: charset
              segment-reference: ref
              segment-total: total
              segment-number: part
            report:
              when:
                kind: report
              reference: id
              state: state
              delivered: [there]
              failed: [lost]
              pending: [waiting]
              detail: why
            answer:
              status: 202
              type: text/xml
              body: <ok/>
          media-hosts: [media.example, "*.cdn.example"]
          media-authorization: bearer
          files-kilobytes: 300
          files-at-most: 3
        from: "+12025550100"
        pictures: yes

        """

    private func bench(_ text: String) throws -> (Bench, TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        let secret = try Bench.secret("0123456789abcdef", in: directory)
        return (try Bench(.gateway, text + "secret-file: \(secret)\ncallback-secret-file: \(secret)\n"), directory)
    }

    @Test func `a template of one's own can say everything`() throws {
        let (bench, directory) = try bench(Self.whole)
        #expect(bench.made.routes.map(\.path) == ["/gateway/home", "/gateway/home"] && bench.made.ports.messages != nil)
        var section = try Section(SettingsText.node(Self.whole), path: "")
        let template = try GatewayTemplate(reading: #require(try section.section("template")))
        #expect(template.longerThan == 160 && template.fileCount == 3 && template.fileLimits.size == 300 * 1024 && template.repetition == .harmless)
        #expect(template.callback?.answer == CallbackAnswer(status: 202, contentType: "text/xml", body: "<ok/>") && template.callback?.proof == .header("X-Key"))
        #expect(template.requests.count == 3 && template.answer.missing == .failed && template.answer.strangerStatuses == [401, 403])
        _ = directory
    }

    @Test(arguments: [
        ("\"{text}\", \"id\"", "\"{txt}\", \"id\"", "json"), ("to: \"{to}\"", "to: \"{to.words}\"", "files.multipart.to"), ("X-From: \"{from}\"", "X-From: \"{form}\"", "text.headers.X-From"),
        ("{to.digits}", "{to.digit}", "text.url"), ("reference: \"json id\"", "reference: \"id\"", "answer.reference"), ("proof: header X-Key", "proof: trust", "callback.proof"),
        ("taken: [ok]", "takn: [ok]", "answer.takn"), ("time-form: utc", "time-form: local", "time-form"), ("body: \"{text}\"", "body: \"}\"", "long.body"),
        ("json: '{\"text\"", "json: '{text\"", "text.json"), ("files-at-most: 3", "files-at-most: none", "files-at-most"), ("sender: from", "sender: a..b", "message.sender"),
    ])
    func `a mistake is told with its line and its place`(right: String, wrong: String, place: String) throws {
        let text = Self.whole.replacing(right, with: wrong, maxReplacements: 1)
        let line = try #require(text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex { $0.contains(wrong) }) + 1
        let error = #expect(throws: SettingsError.self) { try bench(text) }
        #expect(error?.line == line && error?.path.hasSuffix(place) == true, "\(String(describing: error))")
    }

    @Test(arguments: [
        ("template: nobody\n", "template"), ("template: kannel\n", "url"), ("template: twilio\nfrom: \"1\"\n", "secret-file"), ("template: twilio\nuser: me\n", "secret-file"),
        ("template: kannel\nurl: http://x/\nuser: me\npoll-every: 5s\n", "poll-every"), ("template: vonage\nfrom: \"1\"\n", "user"),
        ("template: kannel\nurl: ftp://x/\n", "url"), ("template: kannel\nurl: http://x/\nuser: me\nfrom: \"1\"\nsecret-file: /nowhere\n", "secret-file"),
    ])
    func `what a ready template needs is told where it is missing`(text: String, key: String) {
        let error = #expect(throws: SettingsError.self) { try Bench(.gateway, text) }
        #expect(error?.path == "lines.home.\(key)" && error.map { $0.line > 0 } == true)
    }

    @Test(arguments: ["vonage", "kannel"])
    func `a template that takes texts only is told so`(template: String) throws {
        let error = #expect(throws: SettingsError.self) { try bench("template: \(template)\nurl: http://x/\nuser: me\nfrom: \"1\"\npictures: yes\n") }
        #expect(error?.path == "lines.home.pictures" && error?.line == 5)
    }

    @Test func `a link in a file's place is for lines that take files, and needs an address of ours`() throws {
        let directory = try TemporaryDirectory()
        let line = "template: voipms\nuser: me\nfrom: \"1\"\nsecret-file: \(try Bench.secret(in: directory))\n"
        #expect(throws: Never.self) { try Bench(.gateway, line + "pictures: yes\ntoo-large: link\n") }
        let useless = #expect(throws: SettingsError.self) { try Bench(.gateway, line + "too-large: link\n") }
        #expect(useless?.path == "lines.home.too-large" && useless?.reason == "a line without 'pictures: yes' takes no files at all")
        let homeless = #expect(throws: SettingsError.self) { try Bench(.gateway, line + "pictures: yes\ntoo-large: link\n", publicURL: nil) }
        #expect(homeless?.path == "lines.home.too-large" && homeless?.reason.contains("needs http.public-url") == true)
    }

    @Test func `a secret that is shown to us may not be short`() throws {
        let directory = try TemporaryDirectory()
        let error = #expect(throws: SettingsError.self) {
            try Bench(
                .gateway,
                "template: kannel\nurl: http://x/\nuser: me\nfrom: \"1\"\nsecret-file: \(try Bench.secret(in: directory))\ncallback-secret-file: \(try Bench.secret("short", in: directory))\n")
        }
        #expect(error?.path == "lines.home.callback-secret-file")
    }

    @Test(arguments: [GatewayTemplate.twilio, .telnyx, .voipms, .vonage, .kannel, .nowsms] + EagleInterface.allCases.map { $0.template(modem: 1) })
    func `every placeholder of a ready template is one`(template: GatewayTemplate) {
        for request in template.requests {
            #expect(request.address.pieces.first == .placeholder(.url))
            for pattern in [request.address] + (request.query + request.headers).map(\.value) {
                #expect(!pattern.pieces.contains { if case .literal(let text) = $0 { text.contains("{") } else { false } })
            }
            #expect(!request.placeholders.isEmpty)
        }
        #expect(template.text.placeholders.contains(.text))
    }

    @Test func `carriage says whether pictures may go`() throws {
        for (text, carries) in [("pictures: yes\n", true), ("pictures: no\n", false), ("", false)] {
            let section = try Section(SettingsText.node("template: kannel\n" + text), path: "")
            #expect(TrunkKind.gateway.carries(section).contains(.files) == carries)
        }
    }
}
