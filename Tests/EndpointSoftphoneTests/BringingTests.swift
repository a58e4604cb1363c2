import Exchange
import Files
import SIP
import Synchronization
import Telephony
import Testing

import struct HTTPStack.WebURL

@testable import EndpointSoftphone

/// What an app is sent over several tries of one delivery.
@Suite struct BringingTests {
    /// An app that answers what a test tells it, in order, and takes everything else.
    private final class App: Sendable {
        private struct State {
            var answers: [Outcome]
            var got: [Request] = []
        }

        private let state: Mutex<State>

        init(_ answers: [Outcome]) { state = Mutex(State(answers: answers)) }

        func take(_ request: Request) -> Outcome {
            state.withLock { state in
                state.got.append(request)
                return state.answers.isEmpty ? .accepted(reference: nil) : state.answers.removeFirst()
            }
        }

        var got: [Request] { state.withLock(\.got) }
    }

    private static let taken = Outcome.accepted(reference: nil)
    private static let unknown = Outcome.failed(Failure(.sip(415)))
    private static let silent = Outcome.deferred(Failure(.timeout), until: nil)
    private static let photo = Part(contentType: "image/jpeg", octets: [1, 2, 3], name: "photo.jpg")
    private static let card = Part(contentType: "text/vcard", octets: Array("BEGIN:VCARD".utf8), name: "card.vcf")

    private let bringing = Bringing()
    private let renderer: MessageRenderer
    private let contact: URI

    init() throws {
        let links = FileLinks(publicURL: try #require(WebURL("https://sms.example.org"))) { _ in [UInt8](repeating: 7, count: 32) }
        renderer = MessageRenderer(uris: PartyURIs(domain: try #require(Host("sms.example.org"))), links: links)
        contact = URI(user: "alice", host: try #require(Host("192.0.2.7")), port: 5081)
    }

    private func claim(_ parts: [Part], attempt: Int) -> Claim {
        let message = Telephony.Message(
            id: MessageID(high: 1, low: 1), line: "home", direction: .incoming, sender: .number("+15550100"), participants: [.number("+15550100")],
            parts: parts, recordedAt: start)
        let destination = Destination.device(.softphone, "alice", "urn:uuid:4c41")
        let delivery = Delivery(
            id: DeliveryID(high: 2, low: 7), message: message.id, destination: destination, content: .message, due: start, expires: .distantFuture)
        return Claim(
            delivery: delivery, attempt: Attempt(id: AttemptID(high: 3, low: UInt64(attempt)), delivery: delivery.id, number: attempt, openedAt: start),
            queue: DeliveryQueue(destination: destination, message: message), message: message, messageNumber: 1, acceptedSegments: [:])
    }

    private func bring(_ parts: [Part], attempt: Int, to app: App) async -> Outcome {
        let claim = claim(parts, attempt: attempt)
        return await bringing.bring(claim, to: binding("urn:uuid:4c41")) { form in
            renderer.pieces(for: claim, to: binding("urn:uuid:4c41"), contact: contact, form: form)
        } send: { app.take($0) }
    }

    private func text(_ request: Request?) -> String { String(decoding: request?.body ?? [], as: UTF8.self) }

    @Test func `a picture whose address went unanswered is brought on the next try, under the Call-ID it had`() async {
        let parts = [Part.text("look"), Self.photo]
        let first = App([Self.taken, Self.unknown, Self.silent])
        #expect(await bring(parts, attempt: 1, to: first) == Self.silent)
        #expect(first.got.count == 3)
        #expect(text(first.got.last).contains("photo.jpg"))
        let second = App([Self.unknown])
        let outcome = await bring(parts, attempt: 2, to: second)
        #expect(outcome == .accepted(reference: first.got.first?.headers.callID))
        #expect(second.got.count == 2)
        #expect(text(second.got.last) == text(first.got.last))
        #expect(second.got.last?.headers.callID == first.got.last?.headers.callID)
        #expect(second.got.last?.headers.callID != first.got.first?.headers.callID)
    }

    @Test func `of two files the second is not lost when the first one's address went unanswered`() async throws {
        let parts = [Self.photo, Self.card]
        let first = App([Self.unknown, Self.silent])
        #expect(await bring(parts, attempt: 1, to: first) == Self.silent)
        let second = App([Self.unknown, Self.taken, Self.unknown])
        let outcome = await bring(parts, attempt: 2, to: second)
        #expect(outcome == .accepted(reference: first.got.first?.headers.callID))
        try #require(second.got.count == 4)
        let taken = [second.got[1], second.got[3]]
        #expect(text(taken[0]).contains("photo.jpg") && !text(taken[0]).contains("card.vcf"))
        #expect(text(taken[1]).contains("card.vcf"))
        #expect(Set(taken.map(\.headers.callID)).count == 2)
    }

    @Test func `a try that begins anew is made in the form that the app has shown`() async {
        let refusing = App([Self.unknown])
        let outcome = await bring([Self.photo], attempt: 1, to: refusing)
        #expect(outcome == .accepted(reference: refusing.got.first?.headers.callID))
        let next = App([])
        let again = await bring([Self.photo], attempt: 1, to: next)
        #expect(again == .accepted(reference: next.got.first?.headers.callID))
        #expect(next.got.count == 1)
        #expect(text(next.got.first).contains("photo.jpg (1 kB): https://sms.example.org"))
    }

    @Test func `what is said in words instead is no second copy of what was refused, on any try`() async throws {
        let app = App([Self.unknown, Self.silent, Self.unknown])
        #expect(await bring([Self.photo], attempt: 1, to: app) == Self.silent)
        let again = Bringing()
        let claim = claim([Self.photo], attempt: 2)
        _ = await again.bring(claim, to: binding("urn:uuid:4c41")) { form in
            renderer.pieces(for: claim, to: binding("urn:uuid:4c41"), contact: contact, form: form)
        } send: { app.take($0) }
        #expect(Set(app.got.map(\.headers.callID)).count == 1)
        #expect(app.got.map(\.headers.cseq) == (1...4).map { CSeq($0, .message) })
    }
}
