import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Settings
import Simulator
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkGateway

@Suite struct PollTests {
    /// An inbox that can be asked and emptied.
    private final class MailBox: Sendable {
        let held = Mutex<[(id: Int, text: String)]>([])
        let isDown = Mutex(false)

        func respond(_ request: PeerRequest) -> PeerReply {
            if isDown.withLock({ $0 }) { return .text(500, "") }
            if request.method == "DELETE" {
                let id = Int(request.path.split(separator: "/").last ?? "")
                held.withLock { held in held.removeAll { $0.id == id } }
                return .text(204, "")
            }
            let items = held.withLock { $0 }.map { #"{"id": \#($0.id), "from": "+12025550123", "body": "\#($0.text)", "dir": "in"}"# }
            return .json(200, "{\"items\": [\(items.joined(separator: ","))]}")
        }
    }

    private func settings(_ port: Int, delete: Bool) -> String {
        """
        template:
          text:
            url: http://127.0.0.1:\(port)/send
            json: '{"to": "{to}"}'
          answer:
            reference: "json id"
          poll:
            method: get
            url: http://127.0.0.1:\(port)/inbox
            items: items.*
            every: 1s
            message:
              when:
                dir: in
              sender: from
              text: body
              id: id

        """ + (delete ? "    delete:\n      method: delete\n      url: http://127.0.0.1:\(port)/inbox/{item}\n" : "")
    }

    @Test(arguments: [true, false])
    func `what a gateway keeps is taken once, and deleted when it is durable`(delete: Bool) async throws {
        let box = MailBox()
        let web = try await WebPeer.start { box.respond($0) }
        let bench = try Bench(.gateway, settings(web.port, delete: delete))
        box.held.withLock { $0 = [(1, "Yes"), (2, "Yes")] }
        let running = Task { try await bench.made.ports.service.run() }
        while try await bench.messages().count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        while delete, box.held.withLock({ !$0.isEmpty }) { try await Task.sleep(for: .milliseconds(5)) }
        box.isDown.withLock { $0 = true }
        while await bench.made.ports.health().state == .working { try await Task.sleep(for: .milliseconds(5)) }
        box.isDown.withLock { $0 = false }
        box.held.withLock { $0.append((3, "No")) }
        while try await bench.messages().count < 3 { try await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        _ = try? await running.value
        #expect(try await bench.messages().map { $0.parts.first?.text } == ["Yes", "Yes", "No"])
        await web.stop()
    }

    @Test func `what a gateway lists without a name is taken once, however often it is asked`() async throws {
        let looks = Mutex(0)
        let web = try await WebPeer.start { _ in
            looks.withLock { $0 += 1 }
            return .json(200, #"{"items": [{"id": "", "from": "+12025550123", "body": "Yes", "dir": "in"}, {"from": "+12025550123", "body": "No", "dir": "in"}]}"#)
        }
        let bench = try Bench(.gateway, settings(web.port, delete: true))
        let running = Task { try await bench.made.ports.service.run() }
        while looks.withLock({ $0 < 4 }) { try await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        _ = try? await running.value
        #expect(try await bench.messages().map { $0.parts.first?.text } == ["Yes", "No"])
        await web.stop()
    }

    @Test func `a list whose messages have no name is not asked for`() throws {
        let text = settings(80, delete: false).replacing("      id: id\n", with: "")
        let error = #expect(throws: SettingsError.self) { try Bench(.gateway, text) }
        #expect(error?.path.hasSuffix("poll.message.id") == true)
    }

    // MARK: - What VoIP.ms lists

    /// Lists what it is told to, and has files.
    private final class Provider: WebClient {
        let list = Mutex("")
        let files = Mutex<[String: [UInt8]]>([:])
        let deleted = Mutex<[String]>([])

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            if request.method == .delete {
                deleted.withLock { $0.append(request.url.target) }
                return OutgoingAnswer(status: 204)
            }
            guard case .pieces(_, let take) = request.answerBody else { return OutgoingAnswer(status: 200, body: Array(list.withLock { $0 }.utf8)) }
            guard let octets = files.withLock({ $0[request.url.target] }) else { throw Failure(.unreachable, request.url.host) }
            do { try await take(octets) } catch { throw Failure(.refused) }
            return OutgoingAnswer(status: 200)
        }
    }

    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 40)

    private struct Rig {
        let provider = Provider()
        let ledger = MemoryLedger()
        let clock = ManualClock()
        let health = GatewayHealth(host: "voip.ms")
        let directory: TemporaryDirectory

        init() throws { directory = try TemporaryDirectory() }

        /// As after a start.
        func poll(deleting delete: RequestTemplate? = nil) throws -> InboxPoll {
            let mint = Mint.repeatable(clock)
            let inbox = GatewayInbox(
                line: "home", inbox: Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup()), mint: mint, numbers: try #require(NumberPlan(country: "US")))
            let waiting = WaitingFiles(
                shelf: Shelf(directory: directory.file("waiting")), fetch: FileFetch(hosts: [], home: "voip.ms", authorization: nil, client: provider, limit: 1_000_000),
                inbox: inbox, mint: mint, pause: pauseForever, log: .init(label: "test"))
            var template = try #require(GatewayTemplate.voipms.poll)
            template.delete = delete
            return InboxPoll(
                template: template, site: GatewaySite(url: "https://voip.ms", user: "me", secret: "s", callingCode: "1"), from: "+12025550100", client: provider, inbox: inbox,
                waiting: waiting, health: health, mint: mint, pause: pauseForever, log: .init(label: "test"))
        }

        func look(_ poll: InboxPoll, at rows: String...) async {
            provider.list.withLock { $0 = #"{"status":"success","sms":[\#(rows.joined(separator: ","))]}"# }
            await poll.poll()
            _ = await poll.waiting.fetchAll()
        }

        func messages() async throws -> [[Part]] {
            try await ledger.unreadReceipts(line: nil).compactMap { receipt in
                if case .message(let message) = try Handover(decoding: receipt.octets) { message.parts } else { nil }
            }
        }
    }

    private static func row(_ id: Int, _ text: String, media: String = "") -> String {
        #"{"id":"\#(id)","type":"1","contact":"2025550123","message":"\#(text)","media":["\#(media)","",""]}"#
    }

    @Test func `files that are listed later than their message come, once, also after a start`() async throws {
        let rig = try Rig()
        rig.provider.files.withLock { $0 = ["/m/1": Self.jpeg, "/m/2": Self.jpeg] }
        let picture = Part(contentType: "image/jpeg", octets: Self.jpeg)
        let poll = try rig.poll()
        await rig.look(poll, at: Self.row(8, ""), Self.row(7, "Look"))
        #expect(try await rig.messages() == [[.text("Look")]])
        let rows = [Self.row(8, "", media: "https://voip.ms/m/2"), Self.row(7, "Look", media: "https://voip.ms/m/1")]
        await rig.look(poll, at: rows[0], rows[1])
        #expect(try await rig.messages().count == 3)
        rig.provider.files.withLock { $0 = [:] }
        await rig.look(try rig.poll(), at: rows[0], rows[1])
        #expect(try await rig.messages() == [[.text("Look")], [picture], [picture]])
    }

    @Test func `a message that says nothing comes when no files showed for an hour`() async throws {
        let rig = try Rig()
        let poll = try rig.poll()
        await rig.look(poll, at: Self.row(7, ""))
        rig.clock.advance(by: InboxPoll.patience - .seconds(1))
        await rig.look(poll, at: Self.row(7, ""))
        #expect(try await rig.messages().isEmpty)
        rig.clock.advance(by: .seconds(1))
        for _ in 0..<2 { await rig.look(poll, at: Self.row(7, "")) }
        #expect(try await rig.messages() == [[]])
        rig.provider.files.withLock { $0 = ["/m/1": Self.jpeg] }
        await rig.look(poll, at: Self.row(7, "", media: "https://voip.ms/m/1"))
        #expect(try await rig.messages() == [[], [Part(contentType: "image/jpeg", octets: Self.jpeg)]])
    }

    @Test func `a list that has the newest first is taken from its end`() async throws {
        let rig = try Rig()
        await rig.look(try rig.poll(), at: Self.row(3, "three"), Self.row(2, "two"), Self.row(1, "one"))
        #expect(try await rig.messages() == ["one", "two", "three"].map { [.text($0)] })
    }

    @Test func `a text that was cut within a character does not keep the others out`() async throws {
        let rig = try Rig()
        await rig.look(try rig.poll(), at: Self.row(2, "two"), Self.row(1, #"one \ud83d"#))
        #expect(try await rig.messages() == ["one \u{FFFD}", "two"].map { [.text($0)] })
    }

    @Test func `a message with files is deleted when they are here, and not before`() async throws {
        let rig = try Rig()
        let poll = try rig.poll(deleting: RequestTemplate(method: .delete, address: Pattern(known: "https://voip.ms/{item}")))
        let row = Self.row(7, "Look", media: "https://voip.ms/m/1")
        await rig.look(poll, at: row)
        #expect(rig.provider.deleted.withLock { $0.isEmpty })
        rig.provider.files.withLock { $0 = ["/m/1": Self.jpeg] }
        await rig.look(poll, at: row)
        await rig.look(poll, at: row)
        #expect(rig.provider.deleted.withLock { $0 } == ["/7"])
        #expect(try await rig.messages().count == 1)
    }

    @Test(arguments: [
        (#"{"status":"invalid_credentials"}"#, false), (#"{"status":"ip_not_enabled"}"#, false), (#"{"sms":[]}"#, false), (#"{"status":"no_sms"}"#, true),
        (#"{"status":"success","sms":[]}"#, true),
    ])
    func `a list that is refused is trouble, and an empty one is none`(list: String, isWell: Bool) async throws {
        let rig = try Rig()
        rig.provider.list.withLock { $0 = list }
        await (try rig.poll()).poll()
        #expect((rig.health.health.state == .working) == isWell)
        #expect(rig.health.health.summary.contains("invalid_credentials") == list.contains("invalid_credentials"))
    }

    @Test func `one's own template says what is a list, and how it is sorted`() throws {
        let more = "    order: newest-first\n    state: json status\n    taken: [ok]\n"
        var section = try Section(SettingsText.node(settings(80, delete: false) + more), path: "")
        let template = try GatewayTemplate(reading: #require(try section.section("template")))
        #expect(template.poll?.order == .newestFirst)
        let answer = try #require(template.poll?.answer)
        #expect(answer.failure(of: OutgoingAnswer(status: 200, body: Array(#"{"status":"ok"}"#.utf8))) == nil)
        #expect(answer.failure(of: OutgoingAnswer(status: 200, body: Array(#"{"status":"no"}"#.utf8))) != nil)
    }

    @Test func `files may come from a server of one's own that the template names`() async throws {
        let box = MailBox()
        let web = try await WebPeer.start { request in
            request.path == "/file" ? PeerReply(200, headers: [("Content-Type", "image/jpeg")], body: Self.jpeg) : box.respond(request)
        }
        let list = try await WebPeer.start { _ in
            .json(200, #"{"items":[{"id":1,"from":"+12025550123","body":"Look","dir":"in","file":"http://127.0.0.1:\#(web.port)/file"}]}"#)
        }
        let text = settings(list.port, delete: false).replacing("127.0.0.1", with: "127.1").replacing("      id: id\n", with: "      id: id\n      media: file\n")
        let bench = try Bench(.gateway, text + "  media-hosts: [127.0.0.1]\n")
        let running = Task { try await bench.made.ports.service.run() }
        while try await bench.messages().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        _ = try? await running.value
        #expect(try await bench.messages().first?.parts.map(\.contentType) == [Part.plainText, "image/jpeg"])
        await web.stop()
        await list.stop()
    }

    @Test func `VoIP.ms is asked only where the settings say so, and then it does not call`() async throws {
        let directory = try TemporaryDirectory()
        let asked = Mutex<[String]>([])
        let web = try await WebPeer.start { request in
            asked.withLock { $0.append(request.query) }
            return .json(200, #"{"status":"success","sms":[{"id":"7","date":"2026-03-30 10:24:16","type":"1","did":"2025550100","contact":"2025550123","message":"Hi","media":["","",""]},{"id":"8","date":"2026-03-30 10:24:17","type":"0","did":"2025550100","contact":"2025550123","message":"mine"}]}"#)
        }
        let bench = try Bench(
            .gateway,
            "template: voipms\nurl: \(web.url)\nuser: me\nfrom: \"+12025550100\"\nsecret-file: \(try Bench.secret(in: directory))\npoll-every: 5s\n")
        let running = Task { try await bench.made.ports.service.run() }
        while try await bench.messages().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        _ = try? await running.value
        #expect(try await bench.messages() == [HandedMessage(from: "2025550123", text: "Hi")])
        let query = PeerRequest.parameters(try #require(asked.withLock { $0.first }))
        #expect(query["method"] == "getMMS" && query["did"] == "2025550100" && query["from"] == "2027-01-14" && query["to"] == "2027-01-16")
        await web.stop()
    }
}
