import HTTPStack
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import TrunkHandset

/// A phone that has nothing to tell, and may refuse to be asked.
private final class TerseClient: WebClient {
    private struct State {
        var refusals: [String: Int] = [:]
        var asked: [String] = []
    }

    private let state = Mutex(State())

    /// What was asked for, below the phone's address.
    var asked: [String] { state.withLock { $0.asked } }

    /// - Parameter path: what is refused from now on; nil for nothing.
    func refuse(_ path: String?, _ status: Int) { state.withLock { $0.refusals = path.map { [$0: status] } ?? [:] } }

    func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
        state.withLock { state in
            state.asked.append(request.url.target)
            let refusal = state.refusals.first { request.url.target.hasPrefix($0.key) }
            return OutgoingAnswer(status: refusal?.value ?? 200, body: Array("[]".utf8))
        }
    }
}

@Suite struct CatchUpTests {
    private func catchUp(_ rig: HandsetRig) throws -> SMSGateCatchUp {
        let settings = SMSGateSettings(url: try #require(WebURL("http://10.0.0.2:8080")), user: "u", password: "p", signingKey: "k")
        return SMSGateCatchUp(api: SMSGateAPI(settings: try #require(settings), client: rig.client), context: rig.context) { false }
    }

    /// A password that was changed, or a server that is asked too often.
    @Test(arguments: [401, 403, 408, 429, 500])
    func `a phone that refuses to be asked is asked for all that time when it answers again`(status: Int) async throws {
        let client = TerseClient()
        let rig = try HandsetRig(client: client)
        let catchUp = try catchUp(rig)
        await catchUp.look()
        rig.clock.advance(by: .seconds(7200))
        await catchUp.look()
        let last = rig.clock.now()
        for path in ["/inbox?", "/messages?"] {
            client.refuse(path, status)
            for _ in 0..<2 {
                rig.clock.advance(by: .seconds(600))
                await catchUp.look()
            }
        }
        client.refuse(nil, 200)
        await catchUp.look()
        let asked = client.asked.suffix(2)
        #expect(asked.count == 2 && asked.allSatisfy { $0.contains("from=\((last - .seconds(3600)).internetTime)&") })
    }

    @Test func `a list that an older app does not have is empty`() async throws {
        let client = TerseClient()
        let rig = try HandsetRig(client: client)
        let catchUp = try catchUp(rig)
        client.refuse("/inbox", 404)
        await catchUp.look()
        rig.clock.advance(by: .seconds(1800))
        await catchUp.look()
        let asked = client.asked
        #expect(asked.filter { $0.hasPrefix("/inbox/refresh") }.count == 1 && asked.filter { $0.hasPrefix("/messages/inbox/export") }.count == 1)
        #expect(asked.last?.contains("from=\((rig.clock.now() - .seconds(1800)).internetTime)&") == true)
    }

    @Test func `an app that could not look into the phone's store is made to look again`() async throws {
        let client = TerseClient()
        let rig = try HandsetRig(client: client)
        let catchUp = try catchUp(rig)
        client.refuse("/inbox/refresh", 500)
        await catchUp.look()
        client.refuse(nil, 200)
        await catchUp.look()
        await catchUp.look()
        #expect(client.asked.filter { $0.hasPrefix("/inbox/refresh") }.count == 2)
    }

    /// Lists are ordered by the time of the network that had the text first.
    @Test func `a text that was under way for a day is found within the hour`() async throws {
        let client = TerseClient()
        let rig = try HandsetRig(client: client)
        let catchUp = try catchUp(rig)
        await catchUp.look()
        rig.clock.advance(by: .seconds(4 * 86_400))
        await catchUp.look()
        rig.clock.advance(by: .seconds(1800))
        await catchUp.look()
        let narrow = rig.clock.now() - .seconds(1800) - CatchUpMark.narrow
        #expect(client.asked.last?.contains("from=\(narrow.internetTime)&") == true)
        rig.clock.advance(by: .seconds(1800))
        await catchUp.look()
        let wide = rig.clock.now() - .seconds(1800) - CatchUpMark.wide
        #expect(client.asked.last?.contains("from=\(wide.internetTime)&") == true)
    }

    @Test func `a mark that a wrong clock left in the time to come holds nothing up`() throws {
        let directory = try TemporaryDirectory()
        let now = Instant(seconds: 1_800_000_000)
        let mark = CatchUpMark(directory: directory.path)
        mark.write(CatchUpMark.Times(began: now - .seconds(9), until: now + .seconds(86_400 * 365)))
        #expect(mark.read(now: now) == CatchUpMark.Times(began: now - .seconds(9), until: now))
    }

    @Test func `a clock that was set back for a while does not bring what the phone had before`() throws {
        let directory = try TemporaryDirectory()
        let now = Instant(seconds: 1_800_000_000), past = Instant(seconds: 1000)
        let mark = CatchUpMark(directory: directory.path)
        mark.write(CatchUpMark.Times(began: now - .seconds(9), until: now))
        mark.write(mark.read(now: past))
        #expect(mark.read(now: past + .seconds(5)).began == past)
        #expect(mark.read(now: now) == CatchUpMark.Times(began: now - .seconds(9), until: past))
    }

    // MARK: - Who answers

    /// A network that has its own page for every address.
    private struct PortalClient: WebClient {
        let page: OutgoingAnswer

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer { page }
    }

    @Test func `a page that a network puts before all others is no empty list`() async throws {
        let rig = try HandsetRig(client: PortalClient(page: portal))
        let url = try #require(WebURL("https://sms.example"))
        let server = HTTPSMSTrunk(settings: HTTPSMSSettings(url: url, key: "k", signingKey: "signing-key-01234567", number: "+12025550147"), context: rig.context)
        #expect(await !server.catchUp.look())
        let before = CatchUpMark(directory: rig.context.directory).read(now: rig.clock.now())
        rig.clock.advance(by: .seconds(7200))
        await (try catchUp(rig)).look()
        #expect(CatchUpMark(directory: rig.context.directory).read(now: rig.clock.now()) == before)
    }

    /// Loses what it is to send, and has a message from before.
    private struct ForgetfulClient: WebClient {
        let name: String

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            guard request.method == .get else { throw Failure(.lostAnswer) }
            let entry = #"{"id":"32343a19","request_id":"\#(name)","type":"mobile-terminated","status":"failed","contact":"+12025550123"}"#
            return OutgoingAnswer(status: 200, body: Array("{\"data\":[\(entry)]}".utf8))
        }
    }

    @Test func `what the server gave up before is not what it was sent just now`() async throws {
        let claim = try HandsetRig().claim([.text("hi")])
        let rig = try HandsetRig(client: ForgetfulClient(name: claim.delivery.id.description))
        let url = try #require(WebURL("https://sms.example"))
        let trunk = HTTPSMSTrunk(settings: HTTPSMSSettings(url: url, key: "k", signingKey: "signing-key-01234567", number: "+12025550147"), context: rig.context)
        guard case .inDoubt = await trunk.send(claim, journal: ScriptedJournal()) else {
            Issue.record("taken for sent")
            return
        }
    }

    private let portal = OutgoingAnswer(status: 200, body: Array("<html>Please sign in to the network</html>".utf8))

    @Test func `a page that a network puts before all others has sent nothing`() throws {
        let reference = SMSGateReference(try #require(DeliveryID("01ARZ3NDEKTSV4RRFFQ69G5FAV")), segments: 1, sim: nil)
        guard case .later = SMSGateAnswer(portal, reference).verdict else {
            Issue.record("taken")
            return
        }
        for verdict in [FossifyAnswer(portal).verdict, HTTPSMSAnswer(portal).verdict] {
            guard case .unclear(let failure) = verdict else {
                Issue.record("\(verdict)")
                continue
            }
            #expect(failure.disposition == .inDoubt)
        }
    }

    @Test func `a yes of nobody knows whom is a doubt`() async throws {
        let client = TerseClient()
        let rig = try HandsetRig(client: client)
        let url = try #require(WebURL("http://10.0.0.2:8080"))
        let trunk = FossifyTrunk(settings: FossifySettings(url: url, token: "token", webhookToken: "webhook-token-0123"), context: rig.context)
        guard case .inDoubt = await trunk.send(rig.claim([.text("hi")]), journal: ScriptedJournal()) else {
            Issue.record("taken for sent")
            return
        }
    }
}
