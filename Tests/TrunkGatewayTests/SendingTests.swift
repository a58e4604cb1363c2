import Exchange
import Fitting
import Foundation
import HTTPStack
import HomelineTesting
import Kinds
import Simulator
import Synchronization
import Telephony
import Testing

@testable import TrunkGateway

@Suite struct SendingTests {
    private func bench(_ make: SimulatedGateway.Make, _ more: String = "") async throws -> (Bench, GatewayPeer, TemporaryDirectory) {
        let peer = try await GatewayPeer(make)
        let directory = try TemporaryDirectory()
        let (kind, settings) = make.settings(port: peer.port, secret: try Bench.secret(in: directory))
        return (try Bench(kind, settings + more), peer, directory)
    }

    /// The smallest JPEG that is one pixel and nothing else would not pass through the fitter's tools; a contact does as it is.
    private static let contact = Part(contentType: "text/vcard", octets: Array("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n".utf8), name: "ann.vcf")

    @Test func `a long text goes to VoIP.ms as MMS`() async throws {
        let (bench, peer, directory) = try await bench(.voipms)
        for text in [String(repeating: "a", count: 160), String(repeating: "é", count: 81)] {
            guard case .accepted = try await bench.trunk.send(Outgoing.claim(text), journal: ScriptedJournal()) else {
                Issue.record("not taken")
                return
            }
        }
        #expect(peer.gateway.sent.map(\.text.count) == [160, 81])
        _ = directory
    }

    @Test func `files go as octets where a gateway takes those`() async throws {
        let (bench, peer, directory) = try await bench(.voipms, "pictures: yes\n")
        guard case .accepted = try await bench.trunk.send(Outgoing.claim("Ann", files: [Self.contact]), journal: ScriptedJournal()) else {
            Issue.record("not taken")
            return
        }
        #expect(peer.gateway.sent.map(\.files) == [["data:text/vcard;base64," + base64("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\n".utf8)]])
        _ = directory
    }

    @Test(arguments: [SimulatedGateway.Make.smseagleV2, .smseagleRPC, .nowsms])
    func `appliances take files with the message`(make: SimulatedGateway.Make) async throws {
        let (bench, peer, directory) = try await bench(make, "pictures: yes\n")
        guard case .accepted = try await bench.trunk.send(Outgoing.claim("Ann", files: [Self.contact, Self.contact]), journal: ScriptedJournal()) else {
            Issue.record("not taken")
            return
        }
        #expect(peer.gateway.sent.first?.files == (make == .nowsms ? ["424547494e3a5643", "424547494e3a5643"] : ["text/vcard", "text/vcard"]))
        #expect(peer.gateway.sent.first?.text == "Ann")
        _ = directory
    }

    @Test(arguments: [SimulatedGateway.Make.twilio, .telnyx])
    func `files go as addresses where a gateway fetches them`(make: SimulatedGateway.Make) async throws {
        let (bench, peer, directory) = try await bench(make, "pictures: yes\n")
        guard case .accepted = try await bench.trunk.send(Outgoing.claim("", files: [Self.contact]), journal: ScriptedJournal()) else {
            Issue.record("not taken")
            return
        }
        let address = try #require(peer.gateway.sent.first?.files.first)
        #expect(address.hasPrefix(Bench.publicURL + "/files/") && peer.gateway.sent.first?.text == "")
        _ = directory
    }

    private static let archive = Part(contentType: "application/zip", octets: Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 7, count: 1_100_000), name: "holiday.zip")

    @Test(arguments: [SimulatedGateway.Make.twilio, .telnyx, .voipms, .smseagleV2, .smseagleRPC, .nowsms])
    func `a file that the gateway does not take is refused, or goes as a link in the text`(make: SimulatedGateway.Make) async throws {
        let (strict, quiet, first) = try await bench(make, "pictures: yes\n")
        guard case .failed = try await strict.trunk.send(Outgoing.claim("All of it", files: [Self.archive]), journal: ScriptedJournal()) else {
            Issue.record("not refused")
            return
        }
        #expect(quiet.gateway.sent.isEmpty)
        let (bench, peer, second) = try await bench(make, "pictures: yes\ntoo-large: link\n")
        let journal = ScriptedJournal()
        guard case .accepted = try await bench.trunk.send(Outgoing.claim("All of it", files: [Self.contact, Self.archive]), journal: journal) else {
            Issue.record("not taken")
            return
        }
        let sent = try #require(peer.gateway.sent.first)
        #expect(sent.files.count == 1 && sent.text.hasPrefix("All of it\nholiday.zip (1 MB): \(Bench.publicURL)/files/"))
        #expect(journal.changes.contains { $0.hasPrefix("A file goes as a link.") })
        // By itself it leaves as a text, as every text does.
        guard case .accepted = try await bench.trunk.send(Outgoing.claim("", files: [Self.archive]), journal: ScriptedJournal()) else {
            Issue.record("not taken")
            return
        }
        #expect(peer.gateway.sent.last?.files == [] && peer.gateway.sent.last?.text.hasPrefix("holiday.zip (1 MB): ") == true)
        _ = (first, second)
    }

    @Test func `a line without pictures refuses them, and needs no public address`() async throws {
        let (bench, peer, directory) = try await bench(.twilio)
        guard case .failed(let failure) = try await bench.trunk.send(Outgoing.claim("Ann", files: [Self.contact]), journal: ScriptedJournal()) else {
            Issue.record("not refused")
            return
        }
        #expect(failure.detail == "this line takes texts only" && peer.gateway.sent.isEmpty)
        _ = directory
    }

    @Test func `a gateway is told where it reports, if it can prove itself`() async throws {
        let (bench, peer, directory) = try await bench(.twilio)
        _ = try await bench.trunk.send(Outgoing.claim("Hello"), journal: ScriptedJournal())
        #expect(peer.gateway.sent.first?.callback == Bench.publicURL + "/gateway/home")
        let (kannel, box, other) = try await self.bench(.kannel)
        let claim = Outgoing.claim("Hello")
        _ = try await kannel.trunk.send(claim, journal: ScriptedJournal())
        // Without a secret of its own nothing can be called, and nothing is told.
        #expect(box.gateway.sent.first?.callback == nil)
        let (sure, smsbox, third) = try await self.bench(.kannel, "callback-secret-file: \(try Bench.secret("0123456789abcdef", in: directory))\ncallback-url: http://10.0.0.5:8080\n")
        _ = try await sure.trunk.send(claim, journal: ScriptedJournal())
        #expect(smsbox.gateway.sent.first?.callback == "http://10.0.0.5:8080/gateway/home/0123456789abcdef?report=\(claim.delivery.id)&state=%d&detail=%A")
        _ = (other, third)
    }

    @Test func `our own name is the reference where the gateway has none`() async throws {
        let (bench, peer, directory) = try await bench(.kannel)
        let claim = Outgoing.claim("Hello")
        #expect(try await bench.trunk.send(claim, journal: ScriptedJournal()) == .accepted(reference: claim.delivery.id.description))
        _ = (peer, directory)
    }

    @Test func `Retry-After says when, within a day`() async throws {
        let web = try await WebPeer.start { _ in PeerReply(503, headers: [("Retry-After", "90")]) }
        let directory = try TemporaryDirectory()
        let (kind, settings) = SimulatedGateway.Make.kannel.settings(port: web.port, secret: try Bench.secret(in: directory))
        let bench = try Bench(kind, settings)
        #expect(try await bench.trunk.send(Outgoing.claim("x"), journal: ScriptedJournal()) == .deferred(Failure(.http(503)), until: bench.clock.now() + .seconds(90)))
        await web.stop()
    }

    @Test func `one who says at once is not asked a thousand times a second`() async throws {
        let web = try await WebPeer.start { _ in PeerReply(503, headers: [("Retry-After", "0")]) }
        let directory = try TemporaryDirectory()
        let (kind, settings) = SimulatedGateway.Make.kannel.settings(port: web.port, secret: try Bench.secret(in: directory))
        let bench = try Bench(kind, settings)
        #expect(try await bench.trunk.send(Outgoing.claim("x"), journal: ScriptedJournal()) == .deferred(Failure(.http(503)), until: bench.clock.now() + .seconds(5)))
        await web.stop()
    }

    @Test func `the owner is told why a gateway does not serve us`() async throws {
        let web = try await WebPeer.start { _ in .json(200, #"{"status":"non_sufficient_funds"}"#) }
        let directory = try TemporaryDirectory()
        let (kind, settings) = SimulatedGateway.Make.voipms.settings(port: web.port, secret: try Bench.secret(in: directory))
        let bench = try Bench(kind, settings)
        _ = try await bench.trunk.send(Outgoing.claim("x"), journal: ScriptedJournal())
        #expect(bench.notices.sentences.first?.contains("non_sufficient_funds") == true)
        await web.stop()
    }

    @Test func `texts by the web interface of a TG keep their distance`() async throws {
        let peer = try await GatewayPeer(.yeastarWeb)
        let directory = try TemporaryDirectory()
        let (kind, settings) = SimulatedGateway.Make.yeastarWeb.settings(port: peer.port, secret: try Bench.secret(in: directory))
        let pauses = Mutex<[Duration]>([])
        let bench = try Bench(kind, settings + "interval: 100s\n", pause: { duration in pauses.withLock { $0.append(duration) } })
        for _ in 0..<2 { _ = try await bench.trunk.send(Outgoing.claim("x"), journal: ScriptedJournal()) }
        let waited = pauses.withLock { $0 }
        #expect(waited.count == 1 && waited.allSatisfy { $0 > .seconds(60) && $0 <= .seconds(100) })
        #expect(peer.gateway.sent.count == 2)
    }

    @Test func `what a dead process left is gone on with where the gateway drops what comes again`() throws {
        let template = "template:\n  repeats: costly\n  text:\n    method: get\n    url: http://127.0.0.1:9/x?id={id}\n  answer:\n    reference: own\n"
        let made = try ["costly", "harmless"].map { try Bench(.gateway, template.replacing("costly", with: $0)).made.ports.repetition }
        #expect(made == [.costly, .harmless])
    }

    @Test func `what a gateway quotes of a text or a secret is not kept`() async throws {
        let web = try await WebPeer.start { request in .text(400, "cannot send: \(PeerRequest.parameters(request.query)["text"] ?? "")") }
        let directory = try TemporaryDirectory()
        let (kind, settings) = SimulatedGateway.Make.kannel.settings(port: web.port, secret: try Bench.secret(in: directory))
        let bench = try Bench(kind, settings)
        #expect(try await bench.trunk.send(Outgoing.claim("my PIN is 4711"), journal: ScriptedJournal()) == .failed(Failure(.http(400))))
        await web.stop()
    }

    @Test func `a repetition that the gateway drops is made where an answer was lost`() async throws {
        let peer = try await GatewayPeer(.kannel)
        let bench = try Bench(
            .gateway, "template:\n  repeats: harmless\n  text:\n    method: get\n    url: http://127.0.0.1:\(peer.port)/x?id={id}\n  answer:\n    reference: own\n", pause: { _ in })
        await peer.set(.away)
        let web = try await WebPeer.start(port: peer.port) { _ in .hangUp }
        guard case .deferred = try await bench.trunk.send(Outgoing.claim("x"), journal: ScriptedJournal()) else {
            Issue.record("in doubt")
            return
        }
        await web.stop()
    }
}
