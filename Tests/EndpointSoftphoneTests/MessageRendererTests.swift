import Exchange
import SIP
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
        origin: Origin? = nil
    ) -> Telephony.Message {
        Telephony.Message(
            id: MessageID(high: 1, low: 1), line: "home", direction: direction, sender: sender, participants: [.number("+15550100")], parts: parts,
            sentAt: sentAt, recordedAt: start + .seconds(60), origin: origin)
    }

    private func claim(_ message: Telephony.Message, _ content: DeliveryContent = .message, attempt: Int = 1, delivery: UInt64 = 7) -> Claim {
        let destination = Destination.device(.softphone, "alice", "urn:uuid:4c41")
        let delivery = Delivery(
            id: DeliveryID(high: 2, low: delivery), message: message.id, destination: destination, content: content, due: start, expires: .distantFuture)
        return Claim(
            delivery: delivery, attempt: Attempt(id: AttemptID(high: 3, low: UInt64(attempt)), delivery: delivery.id, number: attempt, openedAt: start),
            queue: DeliveryQueue(destination: destination, message: message), message: message, messageNumber: 1, acceptedSegments: [:])
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

    @Test func `Call-ID and From tag are the same on every try and differ between devices`() throws {
        let first = try rendered(claim(message())), second = try rendered(claim(message(), attempt: 2)), other = try rendered(claim(message(), delivery: 8))
        #expect(first.headers.callID == second.headers.callID)
        #expect(first.headers.from == second.headers.from)
        #expect(first.headers.from?.tag?.isEmpty == false)
        #expect(first.headers.callID != other.headers.callID)
        #expect(first.headers.callID == "\(DeliveryID(high: 2, low: 7))@sms.example.org")
        #expect(first.headers.cseq == CSeq(1, .message))
        #expect(second.headers.cseq == CSeq(2, .message))
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

    // MARK: - News

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
