import Exchange
import Foundation
import HTTPStack
import HomelineTesting
import Kinds
import Messaging
import Simulator
import Store
import Synchronization
import Telephony
import Testing

@testable import TrunkGateway

/// Messages with files: durable at once, whole when the files are there.
@Suite struct WaitingFilesTests {
    /// Answers by path, and keeps what was asked.
    private final class FileHost: WebClient {
        let asked = Mutex<[OutgoingRequest]>([])
        let answers: Mutex<[String: Result<OutgoingAnswer, Failure>]>

        init(_ answers: [String: Result<OutgoingAnswer, Failure>]) { self.answers = Mutex(answers) }

        func send(_ request: OutgoingRequest) async throws(Failure) -> OutgoingAnswer {
            asked.withLock { $0.append(request) }
            let answer = try (answers.withLock { $0[request.url.description] } ?? .failure(Failure(.unreachable, request.url.host))).get()
            guard answer.status == 200, case .pieces(let limit, let take) = request.answerBody else { return answer }
            guard answer.body.count <= limit else { throw Failure(.refused, "the answer is too large") }
            do { try await take(answer.body) } catch { throw Failure(.refused) }
            return OutgoingAnswer(status: 200, headers: answer.headers)
        }
    }

    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 40)

    private struct Rig {
        let ledger = MemoryLedger()
        let pauses: ManualPauses
        let waiting: WaitingFiles

        init(_ host: FileHost, directory: TemporaryDirectory, pauses: ManualPauses = ManualPauses(ManualClock())) throws {
            self.pauses = pauses
            let mint = Mint.repeatable(pauses.clock)
            let numbers = try #require(NumberPlan(country: "US"))
            let inbox = GatewayInbox(line: "home", inbox: Inbox(ledger: ledger, mint: mint, intake: WakeSignal(), workers: WakeGroup()), mint: mint, numbers: numbers)
            let fetch = FileFetch(hosts: ["media.example", "*.cdn.example"], home: "api.example", authorization: "Basic xyz", client: host, limit: 1_000_000)
            waiting = WaitingFiles(shelf: Shelf(directory: directory.file("waiting")), fetch: fetch, inbox: inbox, mint: mint, pause: pauses.pause, log: .init(label: "test"))
        }

        func messages() async throws -> [HandedMessage] {
            try await ledger.unreadReceipts(line: nil).compactMap { receipt in
                if case .message(let message) = try Handover(decoding: receipt.octets) { message } else { nil }
            }
        }
    }

    private func message(_ media: String...) -> FoundMessage { FoundMessage(id: "MM1", sender: "+12025550123", text: "Look", time: Instant(seconds: 5), media: media) }

    private func ok(_ octets: [UInt8], _ type: String = "text/html") -> Result<OutgoingAnswer, Failure> {
        .success(OutgoingAnswer(status: 200, headers: [("Content-Type", type)], body: octets))
    }

    @Test func `files are fetched in order, and are what their octets say`() async throws {
        let directory = try TemporaryDirectory()
        let host = FileHost(["https://media.example/1": ok(Self.jpeg), "https://media.example/2": ok([1, 2, 3], "application/pdf; q=1")])
        let rig = try Rig(host, directory: directory)
        try await rig.waiting.keep(message("https://media.example/1", "https://media.example/2"))
        #expect(await rig.waiting.fetchAll())
        #expect(try await rig.messages() == [
            HandedMessage(
                from: "+12025550123",
                parts: [.text("Look"), Part(contentType: "image/jpeg", octets: Self.jpeg), Part(contentType: "application/pdf", octets: [1, 2, 3])], sentAt: Instant(seconds: 5))
        ])
        #expect(await rig.waiting.shelf.names().isEmpty)
    }

    @Test func `a message waits over a restart for a server that is away, and comes once`() async throws {
        let directory = try TemporaryDirectory()
        let host = FileHost([:])
        let first = try Rig(host, directory: directory)
        try await first.waiting.keep(message("https://media.example/1"))
        try await first.waiting.keep(message("https://media.example/1"))
        #expect(await first.waiting.fetchAll() == false)
        #expect(try await first.messages().isEmpty)
        host.answers.withLock { $0["https://media.example/1"] = ok(Self.jpeg) }
        let second = try Rig(host, directory: directory)
        #expect(await second.waiting.fetchAll())
        #expect(try await second.messages().count == 1)
    }

    @Test func `after a day it comes without what could not be had`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost(["https://media.example/2": ok(Self.jpeg)]), directory: directory)
        try await rig.waiting.keep(message("https://media.example/1", "https://media.example/2"))
        #expect(await rig.waiting.fetchAll() == false)
        rig.pauses.advance(by: .seconds(90_000))
        for _ in 2..<WaitingFiles.fewestTries { #expect(await rig.waiting.fetchAll() == false) }
        #expect(await rig.waiting.fetchAll())
        let parts = try #require(try await rig.messages().first?.parts)
        #expect(parts.count == 3 && parts[1].text?.hasPrefix("(A file of this message could not be fetched.") == true && parts[2].contentType == "image/jpeg")
    }

    @Test(arguments: [
        "https://evil.example/1", "http://169.254.169.254/latest", "https://media.example.evil.example/1", "file:///etc/passwd", "https://cdn.example/1", "https://user@media.example/1",
    ])
    func `nothing is fetched from where nobody said, and the text still comes`(address: String) async throws {
        let directory = try TemporaryDirectory()
        let host = FileHost([address: ok(Self.jpeg)])
        let rig = try Rig(host, directory: directory)
        try await rig.waiting.keep(message(address))
        #expect(await rig.waiting.fetchAll())
        #expect(try await rig.messages().first?.parts.first?.text == "Look")
        #expect(host.asked.withLock { $0.isEmpty })
    }

    @Test func `our login is shown to the gateway alone, and each step of a redirect is checked`() async throws {
        let directory = try TemporaryDirectory()
        func move(_ to: String) -> Result<OutgoingAnswer, Failure> { .success(OutgoingAnswer(status: 307, headers: [("Location", to)])) }
        let host = FileHost([
            "https://api.example/m/1": move("/m/2"), "https://api.example/m/2": move("https://a.cdn.example/x"), "https://a.cdn.example/x": ok(Self.jpeg),
            "https://media.example/away": move("https://evil.example/x"), "https://media.example/plain": move("http://media.example/x"),
        ])
        let rig = try Rig(host, directory: directory)
        try await rig.waiting.keep(message("https://api.example/m/1", "https://media.example/away", "https://media.example/plain"))
        #expect(await rig.waiting.fetchAll())
        let asked = host.asked.withLock { $0 }
        #expect(asked.map(\.url.host) == ["api.example", "api.example", "a.cdn.example", "media.example", "media.example"])
        #expect(asked.map { $0.headers.map(\.value) } == [["Basic xyz"], ["Basic xyz"], [], [], []])
        #expect(try await rig.messages().first?.parts.map(\.contentType) == [Part.plainText, "image/jpeg", Part.plainText, Part.plainText])
    }

    @Test func `a message that is told again when it was brought is not another, whatever became of its files`() async throws {
        let directory = try TemporaryDirectory()
        let host = FileHost(["https://media.example/1": ok(Self.jpeg)])
        let rig = try Rig(host, directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        #expect(await rig.waiting.fetchAll())
        host.answers.withLock { $0["https://media.example/1"] = .success(OutgoingAnswer(status: 410)) }
        for rig in [rig, try Rig(host, directory: directory)] {
            try await rig.waiting.keep(message("https://media.example/1"))
            #expect(await rig.waiting.fetchAll())
        }
        #expect(try await rig.messages().count == 1)
        #expect(host.asked.withLock { $0.count } == 1)
    }

    @Test func `another message under an old name is another`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost(["https://media.example/1": ok(Self.jpeg), "https://media.example/2": ok(Self.jpeg)]), directory: directory)
        for address in ["https://media.example/1", "https://media.example/2"] {
            var other = message(address)
            other.text = address
            try await rig.waiting.keep(other)
            #expect(await rig.waiting.fetchAll())
        }
        #expect(try await rig.messages().count == 2)
    }

    @Test func `a machine that was off for a day does not give up at its first try`() async throws {
        let directory = try TemporaryDirectory()
        let host = FileHost([:])
        let rig = try Rig(host, directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        rig.pauses.advance(by: .seconds(200_000))
        #expect(await rig.waiting.fetchAll() == false)
        host.answers.withLock { $0["https://media.example/1"] = ok(Self.jpeg) }
        #expect(await rig.waiting.fetchAll())
        #expect(try await rig.messages().first?.parts.map(\.contentType) == [Part.plainText, "image/jpeg"])
    }

    @Test(arguments: [401, 403, 404])
    func `a server that has a file a little later is asked again`(status: Int) async throws {
        let directory = try TemporaryDirectory()
        let host = FileHost(["https://media.example/1": .success(OutgoingAnswer(status: status))])
        let rig = try Rig(host, directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        #expect(await rig.waiting.fetchAll() == false)
        host.answers.withLock { $0["https://media.example/1"] = ok(Self.jpeg) }
        #expect(await rig.waiting.fetchAll())
        #expect(try await rig.messages().first?.parts.map(\.contentType) == [Part.plainText, "image/jpeg"])
    }

    @Test func `a server that stays without a file is not asked for a day`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost(["https://media.example/1": .success(OutgoingAnswer(status: 404))]), directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        for _ in 1..<WaitingFiles.fewestTries { #expect(await rig.waiting.fetchAll() == false) }
        #expect(await rig.waiting.fetchAll())
        #expect(try await rig.messages().first?.parts.count == 2)
    }

    @Test func `a clock that was set back by years keeps no message for years`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost([:]), directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        rig.pauses.clock.set(Instant(seconds: 1_700_000_000))
        for _ in 1..<WaitingFiles.fewestTries { #expect(await rig.waiting.fetchAll() == false) }
        #expect(await rig.waiting.fetchAll())
    }

    @Test func `a new message does not wait as long as an old one`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost([:]), directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        let running = Task { await rig.waiting.run() }
        var longest = Duration.zero
        while longest < WaitingFiles.longestPause {
            while rig.pauses.waits.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
            longest = max(longest, rig.pauses.waits.first ?? .zero)
            if longest < WaitingFiles.longestPause { rig.pauses.advance(by: rig.pauses.waits.first ?? .zero) }
        }
        try await rig.waiting.keep(FoundMessage(id: "MM2", sender: "+12025550123", text: "", media: ["https://media.example/2"]))
        for _ in 0..<500 where rig.pauses.waits != [WaitingFiles.firstPause] { try await Task.sleep(for: .milliseconds(2)) }
        #expect(rig.pauses.waits == [WaitingFiles.firstPause])
        running.cancel()
        await running.value
    }

    @Test func `messages that come do not use up the tries of one that waits`() async throws {
        let directory = try TemporaryDirectory()
        let host = FileHost(["https://media.example/1": .success(OutgoingAnswer(status: 404))])
        let rig = try Rig(host, directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        let running = Task { await rig.waiting.run() }
        while rig.pauses.waits.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        for number in 1...WaitingFiles.fewestTries {
            let address = "https://media.example/new/\(number)"
            host.answers.withLock { $0[address] = ok(Self.jpeg) }
            try await rig.waiting.keep(FoundMessage(id: "N\(number)", sender: "+12025550123", text: "", media: [address]))
            while try await rig.messages().count < number { try await Task.sleep(for: .milliseconds(2)) }
        }
        #expect(host.asked.withLock { $0.count { $0.url.description == "https://media.example/1" } } == 1)
        host.answers.withLock { $0["https://media.example/1"] = ok(Self.jpeg) }
        while try await rig.messages().count <= WaitingFiles.fewestTries {
            rig.pauses.advance(by: WaitingFiles.firstPause)
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(try await rig.messages().last?.parts == [.text("Look"), Part(contentType: "image/jpeg", octets: Self.jpeg)])
        running.cancel()
        await running.value
    }

    @Test func `each has pauses of its own, and what is gone has none`() {
        let tries = FetchTries()
        #expect(tries.isDue("a") && tries.note("a") == 1 && !tries.isDue("a") && tries.untilNext == WaitingFiles.firstPause)
        tries.pass(WaitingFiles.firstPause)
        #expect(tries.isDue("a") && tries.note("a") == 2 && tries.untilNext == WaitingFiles.firstPause * 2)
        tries.pass(.seconds(3))
        #expect(tries.note("b") == 1 && tries.untilNext == WaitingFiles.firstPause)
        tries.forget(allBut: ["a"])
        #expect(tries.untilNext == WaitingFiles.firstPause * 2 - .seconds(3) && tries.isDue("b"))
        for _ in 0..<100 { _ = tries.note("a") }
        #expect(tries.untilNext == WaitingFiles.longestPause)
    }

    @Test func `files that are too many to be handed over come without the last of them`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost(["https://media.example/1": ok(Self.jpeg + Array(repeating: 1, count: 900_000))]), directory: directory)
        try await rig.waiting.keep(FoundMessage(id: "MM1", sender: "+12025550123", text: "Look", media: Array(repeating: "https://media.example/1", count: 40)))
        #expect(await rig.waiting.fetchAll())
        let parts = try #require(try await rig.messages().first?.parts)
        #expect(parts.count == 41 && parts.count { $0.contentType == "image/jpeg" } == WaitingFiles.roomForFiles / (900_000 + Self.jpeg.count))
        #expect(parts.last?.text?.hasPrefix("(A file of this message could not be fetched.") == true)
    }

    @Test func `what waits and cannot be read is shown as that, and holds nothing up`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost(["https://media.example/1": ok(Self.jpeg)]), directory: directory)
        try await rig.waiting.keep(message("https://media.example/1"))
        try Data("{\"sender\"".utf8).write(to: URL(filePath: directory.file("waiting") + "/0123456789abcdef0123456789abcdef"))
        #expect(await rig.waiting.fetchAll())
        let octets = try await rig.ledger.unreadReceipts(line: nil).map(\.octets)
        #expect(octets.count == 2 && octets.contains(Array("{\"sender\"".utf8)))
        #expect(await rig.waiting.shelf.names().isEmpty)
    }

    @Test func `a shelf forgets the oldest of what it was done with`() async throws {
        let directory = try TemporaryDirectory()
        let shelf = Shelf(directory: directory.file("waiting"), marks: 3)
        for name in ["a", "b", "c", "d", "e"] {
            #expect(await shelf.keep([1], as: name))
            for file in await shelf.names() { await shelf.finish(file) }
            // The file system's clock is a coarse one.
            try await Task.sleep(for: .milliseconds(20))
        }
        var known: [Bool] = []
        for name in ["a", "b", "c", "d", "e"] { known.append(await shelf.isDone(name)) }
        #expect(known == [false, false, true, true, true])
    }

    @Test func `what cannot be made durable is not said to be`() async throws {
        let directory = try TemporaryDirectory()
        try Data().write(to: URL(filePath: directory.file("waiting")))
        let rig = try Rig(FileHost([:]), directory: directory)
        await #expect(throws: Problem.self) { try await rig.waiting.keep(message("https://media.example/1")) }
    }

    @Test func `the service brings them without being asked`() async throws {
        let directory = try TemporaryDirectory()
        let rig = try Rig(FileHost(["https://media.example/1": ok(Self.jpeg)]), directory: directory)
        let running = Task { await rig.waiting.run() }
        try await rig.waiting.keep(message("https://media.example/1"))
        while try await rig.messages().isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        running.cancel()
        await running.value
    }
}
