import Exchange
import Files
import struct HTTPStack.WebURL
import SIP
import struct HTTPStack.WebURL
import Telephony
import Testing

@testable import EndpointSoftphone

@Suite struct MessageRendererTests {
    private let renderer: MessageRenderer
    private let contact: URI

    init() throws {
        renderer = MessageRenderer(uris: PartyURIs(domain: try #require(Host("sms.example.org"))))
        contact = URI(user: "alice", host: try #require(Host("192.0.2.7")), port: 5081)
    }

    private func message(
        _ direction: Direction = .incoming, sender: Telephony.Address? = .number("+15550100"), parts: [Part] = [.text("hello 🎉")], sentAt: Instant? = start,
        origin: Origin? = nil, participants: [Telephony.Address] = [.number("+15550100")], subject: String? = nil
    ) -> Telephony.Message {
        Telephony.Message(
            id: MessageID(high: 1, low: 1), line: "home", direction: direction, sender: sender, participants: participants, parts: parts,
            sentAt: sentAt, recordedAt: start + .seconds(60), origin: origin, subject: subject)
    }

    private func claim(_ message: Telephony.Message, _ content: DeliveryContent = .message, attempt: Int = 1, delivery: UInt64 = 7) -> Claim {
        let destination = Destination.device(.softphone, "alice", "urn:uuid:4c41")
        let delivery = Delivery(
            id: DeliveryID(high: 2, low: delivery), message: message.id, destination: destination, content: content, due: start, expires: .distantFuture)
        return Claim(
            delivery: delivery, attempt: Attempt(id: AttemptID(high: 3, low: UInt64(attempt)), delivery: delivery.id, number: attempt, openedAt: start),
            queue: DeliveryQueue(destination: destination, message: message), message: message, messageNumber: 1,
            conversationNumber: message.isOfGroup ? 12 : 0, acceptedSegments: [:])
    }

    private func pieces(_ claim: Claim, form: FileForm = .transfer, path: [String] = []) -> [Piece] {
        renderer.pieces(for: claim, to: binding("urn:uuid:4c41", path: path), contact: contact, form: form)
    }

    /// The one request of a claim that is one.
    private func rendered(_ claim: Claim, path: [String] = []) throws -> Request {
        let pieces = pieces(claim, path: path)
        try #require(pieces.count == 1)
        return pieces[0].request
    }

    @Test func `a text is a MESSAGE to the device's contact, from the far party to the account`() throws {
        let request = try rendered(claim(message()))
        #expect(request.method == .message)
        #expect(request.uri == contact)
        #expect(request.headers.from?.uri.description == "sip:+15550100@sms.example.org")
        #expect(request.headers.from?.displayName == nil)
        #expect(request.headers.to?.description == "<sip:alice@sms.example.org>")
        #expect(request.headers[.contentType] == "text/plain")
        #expect(request.headers.maxForwards == 70)
        #expect(String(decoding: request.body, as: UTF8.self) == "hello 🎉")
    }

    @Test(arguments: ["Mum", "\"x\" <sip:evil@example.net>;tag=1", "a\r\nVia: evil", "Zoë 😀", "\\"])
    func `whom the person knows is shown by their name, which stays within its field`(name: String) throws {
        var renderer = renderer
        renderer.names = [.number("+15550100"): name]
        let claim = claim(message())
        let request = try #require(renderer.pieces(for: claim, to: binding("urn:uuid:4c41", path: []), contact: contact, form: .transfer).first).request
        let from = try NameAddress(decoding: try #require(request.headers.from).description)
        #expect(from.displayName == String(String.UnicodeScalarView(name.unicodeScalars.map { $0 == "\r" || $0 == "\n" ? " " : $0 })))
        #expect(from.uri.description == "sip:+15550100@sms.example.org")
        #expect(from.tag == request.headers.from?.tag)
    }

    @Test func `in a group the names of those that the person knows stand for them`() throws {
        var renderer = renderer
        renderer.names = [.number("+15550100"): "Mum"]
        let claim = claim(message(participants: [.number("+15550100"), .number("+15550101")]))
        let request = try #require(renderer.pieces(for: claim, to: binding("urn:uuid:4c41", path: []), contact: contact, form: .transfer).first).request
        #expect(request.headers.from?.displayName == "Mum, +15550101")
        #expect(String(decoding: request.body, as: UTF8.self) == "Mum: hello 🎉")
    }

    @Test func `a recording that few apps play is brought as one that all do, under a name that says so`() throws {
        var renderer = renderer
        renderer.links = FileLinks(publicURL: try #require(WebURL("https://sms.example.org"))) { _ in [UInt8](repeating: 1, count: 32) }
        let note = claim(message(parts: [Part(contentType: "audio/AMR; rate=8000", octets: [1, 2, 3], name: "note.amr")]))
        func transfer() throws -> FileTransfer {
            let pieces = renderer.pieces(for: note, to: binding("urn:uuid:4c41", path: []), contact: contact, form: .transfer)
            return try FileTransfer(decoding: try #require(pieces.first).request.body)
        }
        #expect(try transfer().contentType == "audio/amr")
        renderer.converted = Recordings.types
        let transfer = try transfer()
        #expect([transfer.name, transfer.contentType] == ["note.m4a", "audio/mp4"])
        #expect(transfer.size == nil)
        #expect(Recordings.name("note") == "note.m4a")
    }

    @Test func `Call-ID and From tag are the same on every try and differ between devices`() throws {
        let first = try rendered(claim(message())), second = try rendered(claim(message(), attempt: 2)), other = try rendered(claim(message(), delivery: 8))
        #expect(first.headers.callID == second.headers.callID)
        #expect(first.headers.from == second.headers.from)
        #expect(first.headers.from?.tag?.isEmpty == false)
        #expect(first.headers.callID != other.headers.callID)
        #expect(first.headers.callID == "\(DeliveryID(high: 2, low: 7))@sms.example.org")
        #expect(first.headers.cseq == CSeq(1, .message))
        #expect(second.headers.cseq == CSeq(3, .message))
    }

    @Test func `the Date is when it was sent, or recorded where that is unknown`() throws {
        #expect(try rendered(claim(message())).headers[.date] == "Fri, 20 Nov 2026 22:48:01 GMT")
        #expect(try rendered(claim(message(sentAt: nil))).headers[.date] == "Fri, 20 Nov 2026 22:49:01 GMT")
    }

    @Test func `the way back over a Path is the way there`() throws {
        let request = try rendered(claim(message()), path: ["<sip:p1.example.net;lr>", "<sip:p2.example.net;lr>"])
        #expect(request.headers.routes.map(\.description) == ["<sip:p1.example.net;lr>", "<sip:p2.example.net;lr>"])
        #expect(try rendered(claim(message())).headers.routes.isEmpty)
    }

    @Test func `a part that is no text is named, not lost`() throws {
        let picture = Part(contentType: "image/jpeg", octets: [1, 2, 3], name: "cat.jpg")
        let nameless = Part(contentType: "video/3gpp", octets: [])
        let request = try rendered(claim(message(parts: [.text("look"), picture, nameless])))
        #expect(String(decoding: request.body, as: UTF8.self) == "look\n[cat.jpg, 3 octets]\n[video/3gpp, 0 octets]")
    }

    @Test func `a text cannot leave the body`() throws {
        let hostile = "a\r\nX-Evil: 1\r\n\r\nMESSAGE sip:x SIP/2.0"
        let request = try rendered(claim(message(sender: .alphanumeric("B\r\nX-Evil: 1"), parts: [.text(hostile)])))
        guard case .request(let read) = try SIP.Message(decoding: request.encoded()) else {
            Issue.record("not a request")
            return
        }
        #expect(String(decoding: read.body, as: UTF8.self) == hostile)
        #expect(!read.headers.contains { $0.name.description == "X-Evil" })
    }

    // MARK: - Files

    private static let stored = Media(digest: String(repeating: "ab", count: 32), size: 48_213).map(PartContent.stored) ?? .inline([])
    private static let photo = Part(contentType: "image/jpeg", content: stored, name: "photo & more.jpg")
    private static let card = Part(contentType: "text/vcard", octets: Array("BEGIN:VCARD".utf8))

    private func files(_ claim: Claim, form: FileForm) throws -> [Piece] {
        var renderer = renderer
        renderer.links = FileLinks(publicURL: try #require(WebURL("https://sms.example.org"))) { _ in [UInt8](repeating: 7, count: 32) }
        return renderer.pieces(for: claim, to: binding("urn:uuid:4c41"), contact: contact, form: form)
    }

    private func bodies(_ pieces: [Piece]) -> [String] { pieces.map { String(decoding: $0.request.body, as: UTF8.self) } }

    @Test func `words come first, then each file in a message of its own`() throws {
        let pieces = try files(claim(message(parts: [Self.photo, .text("look"), Self.card], subject: "Holiday")), form: .transfer)
        #expect(pieces.map { $0.request.headers[.contentType] } == ["text/plain", "\(ContentType.fileTransfer)", "\(ContentType.fileTransfer)"])
        #expect(bodies(pieces)[0] == "Holiday\nlook")
        let photo = try FileTransfer(decoding: pieces[1].request.body), card = try FileTransfer(decoding: pieces[2].request.body)
        #expect(photo.name == "photo & more.jpg")
        #expect(photo.size == 48_213)
        #expect(photo.contentType == "image/jpeg")
        #expect(photo.until == "2027-02-18T22:49:01Z")
        #expect(photo.url.hasPrefix("https://sms.example.org/files/m."))
        #expect(photo.url.hasSuffix("/photo_more.jpg"))
        #expect(card.name == "file.vcf")
        #expect(card.url.hasPrefix("https://sms.example.org/files/p."))
        let id = DeliveryID(high: 2, low: 7)
        #expect(pieces.map { $0.request.headers.callID } == ["\(id)@sms.example.org", "\(id)-1@sms.example.org", "\(id)-2@sms.example.org"])
        #expect(try files(claim(message(parts: [Self.photo, .text("look"), Self.card], subject: "Holiday"), attempt: 2), form: .transfer).map { $0.request.body }
            == pieces.map(\.request.body))
    }

    @Test func `a photo without words is one message, and an address in words for who refuses it`() throws {
        let pieces = try files(claim(message(parts: [Self.photo])), form: .transfer)
        try #require(pieces.count == 1)
        guard case .words(let request) = pieces[0].otherwise else {
            Issue.record("no words")
            return
        }
        #expect(String(decoding: request.body, as: UTF8.self).hasPrefix("photo & more.jpg (48 kB): https://sms.example.org/files/m."))
        #expect(request.headers.callID == pieces[0].request.headers.callID)
    }

    @Test func `an app that knows texts alone gets addresses in one text`() throws {
        let lines = bodies(try files(claim(message(parts: [Self.photo, .text("look")])), form: .link))[0].split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0] == "look")
        #expect(lines[1].hasPrefix("photo & more.jpg (48 kB): https://"))
    }

    @Test func `an app of Acrobits gets all in one document`() throws {
        let pieces = try files(claim(message(parts: [Self.photo, .text("look"), Self.card])), form: .acrobits)
        try #require(pieces.count == 1)
        #expect(pieces[0].request.headers[.contentType] == "application/x-acro-filetransfer+json")
        let read = try #require(AcrobitsFiles(decoding: pieces[0].request.body))
        #expect(read.text == "look")
        #expect(read.files.map(\.name) == ["photo & more.jpg", "file.vcf"])
        #expect(read.files.map(\.size) == [48_213, 11])
    }

    // MARK: - Groups

    private static let members: [Telephony.Address] = [.number("+15550100"), .number("+15550123")]

    @Test func `a group is one contact for ever, and says who wrote`() throws {
        let pieces = try files(claim(message(parts: [.text("hello")], participants: Self.members)), form: .transfer)
        #expect(pieces[0].request.headers.from?.uri.description == "sip:group-12@sms.example.org")
        #expect(pieces[0].request.headers.from?.displayName == "+15550100, +15550123")
        #expect(bodies(pieces) == ["+15550100: hello"])
    }

    @Test func `before files of a group stands who sent them`() throws {
        let pieces = try files(claim(message(parts: [Self.photo], participants: Self.members)), form: .transfer)
        #expect(pieces.count == 2)
        #expect(bodies(pieces)[0] == "+15550100: photo & more.jpg")
    }

    @Test func `news of a message to a group comes from the group`() throws {
        let outgoing = message(.outgoing, sender: .person("alice"), origin: Self.written, participants: Self.members)
        let pieces = pieces(claim(outgoing, .status(.delivered(Self.bob, at: start))))
        #expect(pieces.map { $0.request.headers.from?.uri.description } == ["sip:group-12@sms.example.org"])
    }

    // MARK: - News

    @Test func `each piece of a gathered message gets its tick`() throws {
        let origin = Origin(endpoint: .softphone, person: "alice", reference: "one", joined: ["two", "three"])
        let pieces = pieces(claim(message(.outgoing, sender: .person("alice"), origin: origin), .status(.delivered(Self.bob, at: start))))
        #expect(try pieces.map { try IMDN(decoding: $0.request.body).messageID } == ["one", "two", "three"])
        #expect(Set(pieces.map { $0.request.headers.callID }).count == 3)
    }

    private static let written = Origin(endpoint: .softphone, person: "alice", reference: "Q1aPwdJ3El")
    private static let bob = Telephony.Address.number("+15550100")

    private func news(_ notice: StatusNotice) throws -> Request {
        try rendered(claim(message(.outgoing, sender: .person("alice"), origin: Self.written), .status(notice)))
    }

    @Test func `a delivery is a notification from the far party, under the app's own name for the message`() throws {
        let request = try news(.delivered(Self.bob, at: start))
        #expect(request.headers.from?.uri.description == "sip:+15550100@sms.example.org")
        #expect(request.headers[.contentType] == "message/imdn+xml")
        #expect(request.headers[.contentDisposition] == "notification")
        #expect(try IMDN(decoding: request.body) == IMDN(messageID: "Q1aPwdJ3El", dateTime: "2026-11-20T22:48:01Z", disposition: .delivered))
    }

    @Test func `a failure is a notification with the reason a person reads`() throws {
        let failure = Failure(.cms(38))
        let imdn = try IMDN(decoding: try news(.failed(Self.bob, failure)).body)
        #expect(imdn.messageID == "Q1aPwdJ3El")
        #expect(imdn.disposition == .failed(failure.sentence))
    }

    @Test func `a doubt is a sentence from Homeline, for no tick can say it`() throws {
        let request = try news(.inDoubt(Self.bob, Failure(.lostAnswer)))
        #expect(request.headers.from?.uri.description == "sip:Homeline@sms.example.org")
        #expect(request.headers[.contentType] == "text/plain")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "Your message to +15550100 of 2026-11-20T22:49:01Z may not have left. It was handed over, but the answer was lost: it may have been sent.")
    }

    @Test func `an app without ticks is told of a failure in words, and of nothing else`() throws {
        let outgoing = message(.outgoing, sender: .person("alice"), origin: Self.written)
        func otherwise(_ notice: StatusNotice) -> [Piece.Otherwise] { pieces(claim(outgoing, .status(notice))).map(\.otherwise) }
        guard case .words(let request) = otherwise(.failed(Self.bob, Failure(.cms(38)))).first else {
            Issue.record("no words")
            return
        }
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "Your message to +15550100 was not sent. The modem refused the text (+CMS ERROR 38).")
        #expect(otherwise(.delivered(Self.bob, at: start)) == [.nothing])
        #expect(otherwise(.inDoubt(Self.bob, Failure(.lostAnswer))) == [.refused])
    }
}
