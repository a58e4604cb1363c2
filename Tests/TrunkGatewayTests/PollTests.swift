import Exchange
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Settings
import Simulator
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
