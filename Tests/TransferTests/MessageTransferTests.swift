import Exchange
import HTTPStack
import Store
import Telephony
import Testing
import Transfer
import Wire

@Suite struct MessageTransferTests {
    private static let file = """
        <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
        <smses count="5">
          <sms address="0791234567" date="1699999999123" type="2" body="later" />
          <sms address="+41791234567" date="1600000000000" type="1" body="&#55357;&#56832; first" date_sent="1599999999000" />
          <sms address="BANK" date="1650000000000" type="1" body="from a name" />
          <sms address="0791234567" date="1650000000001" type="3" body="a draft" />
          <mms date="1660000000000" msg_box="1" address="+41791234567~+41791234568"><parts>
            <part ct="text/plain" text="to all" /><part ct="image/png" cl="p.png" data="\(String(repeating: "AAAA", count: 2000))" />
          </parts><addrs><addr address="+41791234568" type="137" /></addrs></mms>
        </smses>
        """

    @Test func `another phone's past becomes history, in the order of its time, before what happened here`() async throws {
        let desk = try Desk()
        let here = try await desk.submit([.text("here")])
        let outcome = try await desk.importing(Self.file)
        #expect(outcome == .init(added: 4, known: 0, unsent: 1, unreadable: 0))
        let messages = try await desk.messages()
        #expect(messages.map(\.text) == ["😀 first", "from a name", "to all", "later", "here"])
        #expect(messages.map(\.direction) == [.incoming, .incoming, .incoming, .outgoing, .outgoing])
        #expect(messages[2].sender == .number("+41791234568"))
        #expect(messages[2].participants == [.number("+41791234567"), .number("+41791234568")])
        #expect(messages[1].sender == .alphanumeric("BANK"))
        // All of one party are one conversation, its last message the one that happened here.
        let number = try #require(try await desk.ledger.conversationNumber(of: here.id))
        #expect(try await desk.ledger.thread(number, before: nil, after: nil, limit: 9).map(\.message.text) == ["here", "later", "😀 first"])
        #expect(try await desk.ledger.conversation(number: number)?.last.message.id == here.id)
    }

    @Test func `history is not sent, not brought, not new, and says where it is from`() async throws {
        let desk = try Desk()
        _ = try await desk.importing(Self.file)
        #expect(try await desk.ledger.backlog().isEmpty)
        #expect(try await desk.ledger.inbox(of: "alice", lines: nil, after: nil, limit: 9).allSatisfy { $0.unread == 0 })
        for message in try await desk.messages() {
            #expect(try await desk.ledger.deliveries(of: message.id).isEmpty)
            #expect(try await desk.ledger.timeline(message.id).map(\.kind) == [.imported])
            #expect(try await desk.ledger.message(message.id)?.state == (message.direction == .incoming ? .received : .sent))
        }
        #expect(try await desk.ledger.search("first", lines: nil, before: nil, limit: 9).count == 1)
        #expect(try await desk.ledger.audit().faults == [])
    }

    @Test func `the same file again adds nothing, and neither does our own export`() async throws {
        let desk = try Desk()
        _ = try await desk.importing(Self.file)
        try await desk.submit([.text("here\nand there")])
        #expect(try await desk.importing(Self.file) == .init(added: 0, known: 4, unsent: 1, unreadable: 0))
        let exported = try await desk.export(.androidXML)
        // The text that waits to leave was not sent, as far as the file says.
        #expect(try await desk.importing(exported) == .init(added: 0, known: 4, unsent: 1, unreadable: 0))
    }

    @Test func `an export taken over elsewhere is the same`() async throws {
        let desk = try Desk(), other = try Desk()
        _ = try await desk.importing(Self.file)
        #expect(try await other.importing(try await desk.export(.androidXML)).added == 4)
        let (one, two) = (try await desk.messages(), try await other.messages())
        #expect(one.map(\.text) == two.map(\.text))
        #expect(one.map(\.recordedAt) == two.map(\.recordedAt))
        #expect(one.map(\.participants) == two.map(\.participants))
        #expect(one.map { $0.parts.map(\.content) } == two.map { $0.parts.map(\.content) })
    }

    @Test func `the JSON has everything, a message a line, and is one document`() async throws {
        let desk = try Desk()
        _ = try await desk.importing(Self.file)
        let large = try await desk.media.keep([UInt8](repeating: 7, count: 500_001))
        try await desk.submit([.text("x"), Part(contentType: "image/jpeg", content: .stored(large), name: "p.jpg"), Part(contentType: "text/x-vcard", octets: [1, 2, 3])])
        let text = try await desk.export(.json)
        let document = try JSON(decoding: Array(text.utf8))
        let messages = try #require(document["messages"]?.elements)
        #expect(document["count"] == .integer(5))
        #expect(messages.count == 5)
        #expect(messages.last?["parts"]?.elements?.map { $0["contentType"]?.text } == [Part.plainText, "image/jpeg", "text/x-vcard"])
        #expect(messages.last?["parts"]?.elements?[1]["data"]?.text == String(repeating: "BwcH", count: 166_667))
        #expect(messages.last?["parts"]?.elements?[2]["data"]?.text == "AQID")
        #expect(text.split(separator: "\n").count == 7)
    }

    @Test func `nothing selected is a whole document of nothing`() async throws {
        let desk = try Desk()
        #expect(try JSON(decoding: Array(try await desk.export(.json).utf8))["messages"]?.elements?.isEmpty == true)
        #expect(try await desk.importing(try await desk.export(.androidXML)).added == 0)
    }

    @Test func `a party and a time are selected`() async throws {
        let desk = try Desk()
        _ = try await desk.importing(Self.file)
        var selection = Desk.selection
        selection.party = .number("+41791234568")
        #expect(try await desk.ledger.count(selection) == 1)
        selection.party = nil
        selection.recorded = Instant(milliseconds: 1_650_000_000_000)..<Instant(milliseconds: 1_660_000_000_000)
        #expect(try await desk.ledger.history(selection, after: nil, limit: 9).map(\.message.text) == ["from a name"])
    }

    @Test func `a file of the media store that is gone does not end the export`() async throws {
        let desk = try Desk()
        let gone = try #require(Media(digest: String(repeating: "a", count: 64), size: 9000))
        try await desk.submit([.text("x"), Part(contentType: "image/jpeg", content: .stored(gone), name: "p.jpg")])
        let document = try JSON(decoding: Array(try await desk.export(.json).utf8))
        #expect(document["messages"]?.elements?.first?["parts"]?.elements?[1]["missing"] == .bool(true))
        #expect(try await desk.export(.androidXML).contains("[p.jpg]"))
    }

    @Test func `many messages of one millisecond keep their order`() async throws {
        let desk = try Desk()
        let many = (0..<40).map { "<sms address=\"+41791234567\" date=\"1600000000000\" type=\"1\" body=\"\($0)\" />" }.joined()
        #expect(try await desk.importing("<smses>\(many)</smses>").added == 40)
        #expect(try await desk.messages().map(\.text) == (0..<40).map(String.init))
    }

    @Test func `what is no such file changes nothing`() async throws {
        let desk = try Desk()
        await #expect(throws: DecodeError.self) { try await desk.importing("<!DOCTYPE a><smses></smses>") }
        #expect(try await desk.messages().isEmpty)
    }
}
