import Exchange
import Foundation
import HomelineTesting
import Runtime
import Simulator
import Spooling
import Synchronization
import Telephony
import Testing

@testable import TrunkSpool

@Suite(.timeLimit(.minutes(10))) struct SendingTests {
    private func claim(_ rig: Rig, _ text: String, attempt: Int = 1, delivery: Delivery? = nil, message: Message? = nil) -> Claim {
        let recipient = Address.number("+12025550123")
        let message =
            message
            ?? Message(
                id: rig.mint.identifier(), line: "home", direction: .outgoing, sender: nil, participants: [recipient], parts: [.text(text)],
                recordedAt: rig.clock.now())
        let delivery =
            delivery
            ?? Delivery(
                id: rig.mint.identifier(), message: message.id, destination: .trunk("home", recipients: [recipient]), content: .message,
                due: rig.clock.now(), expires: rig.clock.now() + .seconds(86_400))
        return Claim(
            delivery: delivery, attempt: Attempt(id: rig.mint.identifier(), delivery: delivery.id, number: attempt, openedAt: rig.clock.now()),
            queue: DeliveryQueue(destination: delivery.destination, message: message), message: message, messageNumber: 300, acceptedSegments: [:])
    }

    private let long = String(repeating: "viele Grüße 😀 ", count: 20)

    /// Sends until the program has worked.
    private func send(_ rig: Rig, _ trunk: SpoolTrunk, _ claim: Claim, _ journal: ScriptedJournal = ScriptedJournal()) async -> Outcome {
        let work = Task { [daemon = rig.daemon] in
            while !Task.isCancelled {
                await daemon.work()
                try? await Task.sleep(for: .milliseconds(3))
            }
        }
        defer { work.cancel() }
        return await trunk.send(claim, journal: journal)
    }

    @Test func `gammu-smsd is given a long text in one file and says how the network knows its segments`() async throws {
        let rig = try Rig(.gammu)
        let journal = ScriptedJournal()
        let outcome = await send(rig, try rig.trunk(), claim(rig, long), journal)
        #expect(outcome == .accepted(reference: "1"))
        #expect(await rig.daemon.sent.map(\.text) == [long])
        let accepted = journal.entries.filter { if case .accepted = $0 { true } else { false } }
        #expect(accepted == (0..<5).map { .accepted($0, "\($0 + 1)") })
        #expect(GammuOutboxName(try #require(try rig.names(in: "sent").first))?.number == "+12025550123")
    }

    @Test func `gammu-smsd is told how each segment is written, and that it is to be reported`() async throws {
        let rig = try Rig(.gammu)
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(), claim(rig, long))
        let sending = Task { await trunk.send(claim, journal: ScriptedJournal()) }
        while try rig.names(in: "outbox").isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        sending.cancel()
        let name = try #require(try rig.names(in: "outbox").first)
        let messages = try GammuBackup(decoding: rig.folder("outbox").read(name, limit: 1 << 20)).messages
        #expect(messages.map(\.header) == (1...5).map { [5, 0, 3, 44, 5, $0] })
        #expect(messages.allSatisfy { $0.kind == .report && $0.coding == .unicode })
        _ = await sending.value
    }

    @Test func `smsd is given a file for each segment`() async throws {
        let rig = try Rig(.smstools)
        let text = String(repeating: "seven bits are enough ", count: 20)
        let journal = ScriptedJournal()
        #expect(await send(rig, try rig.trunk(), claim(rig, text), journal) == .accepted(reference: "1"))
        #expect(await rig.daemon.sent.map(\.text) == [text])
        #expect(journal.entries.suffix(3) == [.accepted(0, "1"), .accepted(1, "2"), .accepted(2, "3")])
        let file = try SMSToolsFile(decoding: rig.folder("sent").read(try rig.names(in: "sent")[1], limit: 1 << 20))
        #expect(file["To"] == "12025550123" && file["UDH-DATA"] == "05 00 03 2C 03 02" && file["Report"] == "yes")
    }

    @Test func `Asterisk is given digits, and is called`() async throws {
        let rig = try Rig(.smsq)
        let calls = rig.folder("outgoing")
        try calls.make()
        let bell = SpoolBell(folder: calls, call: SMSQCall(.toCentre, channel: "PJSIP/1470", callerID: "0123", queue: "0123"))
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(bell: bell), claim(rig, "Zażółć"))
        let sending = Task { await trunk.send(claim, journal: ScriptedJournal()) }
        while try rig.names(in: "motx").isEmpty || calls.files().isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        let name = try #require(try rig.names(in: "motx").first)
        let file = try SMSQFile(decoding: rig.folder("motx").read(name, limit: 1000))
        #expect(SMSQName(name)?.queue == "0123" && file.destination == "+12025550123" && file.text == "Zażółć" && file.coding == 8)
        #expect(try calls.files().map(\.name) == ["smsq.motx.0123.1"])
        await rig.daemon.set(.working)
        await rig.daemon.work()
        #expect(await sending.value == .accepted(reference: name))
    }

    @Test func `Asterisk is called again after a minute, though the clock was set back`() throws {
        let directory = try TemporaryDirectory()
        let calls = Folder(directory.path), call = SMSQCall(.toCentre, channel: "PJSIP/1470", callerID: "0123", queue: "0123")
        let bell = SpoolBell(folder: calls, call: call)
        let now = Instant(seconds: 1_800_000_000)
        bell.ringAgain(now: now)
        bell.ringAgain(now: now + .seconds(59))
        #expect(!calls.has(call.name))
        bell.ringAgain(now: now - .seconds(86_400))
        #expect(calls.has(call.name))
        try calls.remove(call.name)
        bell.ringAgain(now: now - .seconds(86_340))
        #expect(calls.has(call.name))
    }

    @Test(arguments: SpoolHabit.allCases)
    func `a process that was killed is followed by one that does not send again`(habit: SpoolHabit) async throws {
        let rig = try Rig(habit)
        await rig.daemon.set(.stopped)
        let claim = claim(rig, long)
        let (first, second) = (try rig.trunk(), try rig.trunk())
        let sending = Task { await first.send(claim, journal: ScriptedJournal()) }
        let outgoing = habit.folders[0]
        while try rig.names(in: outgoing).isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        sending.cancel()
        guard case .deferred = await sending.value else {
            Issue.record("given up")
            return
        }
        rig.clock.advance(by: .seconds(90))
        await rig.daemon.set(.working)
        let again = self.claim(rig, long, attempt: 2, delivery: claim.delivery, message: claim.message)
        guard case .accepted = await send(rig, second, again) else {
            Issue.record("not sent")
            return
        }
        let sent = await rig.daemon.sent
        #expect(habit == .smsq ? sent.map(\.text).sorted().joined().count == long.count : sent.map(\.text) == [long])
    }

    @Test(arguments: ["before the note", "before its name", "after its name"])
    func `a process that was killed while it wrote leaves one file in the end`(moment: String) async throws {
        let rig = try Rig(.gammu)
        let (outbox, notes) = (rig.folder("outbox"), rig.folder("letters"))
        try outbox.stage(".homeline-k-0", Array("whole".utf8))
        if moment != "before the note" { try notes.write("k", Array("OUT1.txt".utf8)) }
        if moment == "after its name" { try outbox.move(".homeline-k-0", to: outbox, as: "OUT1.txt") }
        let deposit = Deposit(into: outbox, notes: notes)
        try deposit.put([("OUT1.txt", Array("whole".utf8))], as: "k")
        try deposit.put([("OUT2.txt", Array("another".utf8))], as: "k")
        #expect(try outbox.files().map(\.name) == ["OUT1.txt"])
        #expect(!outbox.has(".homeline-k-0"))
        #expect(try deposit.names(of: "k") == ["OUT1.txt"])
        try outbox.remove("OUT1.txt")
        try deposit.put([("OUT1.txt", Array("whole".utf8))], as: "k")
        #expect(try outbox.files().isEmpty)
    }

    @Test func `the network's passing trouble is waited out, and the same text then sent once`() async throws {
        let rig = try Rig(.smstools)
        await rig.daemon.set(.failing)
        let (trunk, claim) = (try rig.trunk(), claim(rig, "hello"))
        #expect(await send(rig, trunk, claim) == .deferred(Failure(.cms(38)), until: nil))
        await rig.daemon.set(.working)
        let again = self.claim(rig, "hello", attempt: 2, delivery: claim.delivery, message: claim.message)
        #expect(await send(rig, trunk, again) == .accepted(reference: "1"))
        #expect(await rig.daemon.sent.count == 1)
    }

    @Test func `what lies too long is told, and taken back when it may not go any more`() async throws {
        let rig = try Rig(.gammu)
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(), claim(rig, "hello"))
        let sending = Task { await trunk.send(claim, journal: ScriptedJournal()) }
        while try rig.names(in: "outbox").isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        rig.clock.advance(by: .seconds(700))
        while rig.board.told.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        #expect(rig.board.told == ["spool.trouble"] && trunk.health.state == .impaired)
        rig.clock.advance(by: .seconds(86_400))
        guard case .failed(let failure) = await sending.value else {
            Issue.record("still there")
            return
        }
        #expect(failure.cause == .expired)
        #expect(try rig.names(in: "outbox").isEmpty)
    }

    /// Puts a text's letters and ends; the same text as the next process is given it when it has expired.
    private func expired(_ rig: Rig, _ text: String) async throws -> Claim {
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(), claim(rig, text))
        let sending = Task { await trunk.send(claim, journal: ScriptedJournal()) }
        let folder = rig.daemon.habit.folders[0]
        while try rig.names(in: folder).isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        sending.cancel()
        _ = await sending.value
        rig.clock.advance(by: .seconds(2 * 86_400))
        return self.claim(rig, text, attempt: 2, delivery: claim.delivery, message: claim.message)
    }

    @Test(arguments: SpoolHabit.allCases)
    func `a text that expired while Homeline was away was sent where its program has sent it`(habit: SpoolHabit) async throws {
        let rig = try Rig(habit)
        let late = try await expired(rig, "hello")
        await rig.daemon.set(.working)
        await rig.daemon.work()
        let journal = ScriptedJournal()
        guard case .accepted = await (try rig.trunk()).settle(late, journal: journal) else {
            Issue.record("not settled")
            return
        }
        #expect(journal.entries.first == .willSubmit(0, of: 1) && journal.entries.count == 2)
        #expect(await rig.daemon.sent.count == 1)
    }

    @Test(arguments: SpoolHabit.allCases)
    func `a text that expired while Homeline was away and still lies there is taken back`(habit: SpoolHabit) async throws {
        let rig = try Rig(habit)
        let late = try await expired(rig, "hello")
        guard case .failed(let failure) = await (try rig.trunk()).settle(late, journal: ScriptedJournal()) else {
            Issue.record("still there")
            return
        }
        #expect(failure.cause == .expired)
        await rig.daemon.set(.working)
        await rig.daemon.work()
        #expect(await rig.daemon.sent.isEmpty)
    }

    @Test func `a text that the network refused for the time being while Homeline was away has failed`() async throws {
        let rig = try Rig(.smstools)
        let late = try await expired(rig, "hello")
        await rig.daemon.set(.failing)
        await rig.daemon.work()
        #expect(await (try rig.trunk()).settle(late, journal: ScriptedJournal()) == .failed(Failure(.cms(38))))
    }

    @Test func `what was not put before it expired is put no more`() async throws {
        let rig = try Rig(.gammu)
        let claim = claim(rig, "hello", attempt: 2)
        rig.clock.advance(by: .seconds(2 * 86_400))
        let journal = ScriptedJournal()
        guard case .failed(let failure) = await (try rig.trunk()).settle(claim, journal: journal) else {
            Issue.record("not failed")
            return
        }
        #expect(failure.cause == .expired && journal.entries.isEmpty)
        #expect(try rig.names(in: "outbox").isEmpty)
    }

    @Test func `of a text that was not taken in time no segment leaves later`() async throws {
        let rig = try Rig(.smstools)
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(), claim(rig, long))
        let sending = Task { await trunk.send(claim, journal: ScriptedJournal()) }
        while try rig.names(in: "outgoing").count < 5 { try await Task.sleep(for: .milliseconds(2)) }
        rig.clock.advance(by: .seconds(90_000))
        guard case .failed(let failure) = await sending.value else {
            Issue.record("still there")
            return
        }
        #expect(failure.cause == .expired)
        await rig.daemon.set(.working)
        await rig.daemon.work()
        #expect(await rig.daemon.sent.isEmpty)
    }

    @Test func `a folder that is gone for a while has sent nothing`() async throws {
        let rig = try Rig(.smsq)
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(), claim(rig, "hello"))
        let isDone = Mutex(false)
        let sending = Task {
            let outcome = await trunk.send(claim, journal: ScriptedJournal())
            isDone.withLock { $0 = true }
            return outcome
        }
        while try rig.names(in: "motx").isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        let (queue, aside) = (rig.folder("motx").path, rig.directory.file("aside"))
        try FileManager.default.moveItem(atPath: queue, toPath: aside)
        try await Task.sleep(for: .milliseconds(100))
        #expect(!isDone.withLock { $0 })
        try FileManager.default.moveItem(atPath: aside, toPath: queue)
        await rig.daemon.set(.working)
        await rig.daemon.work()
        guard case .accepted = await sending.value else {
            Issue.record("not sent")
            return
        }
        #expect(await rig.daemon.sent.count == 1)
    }

    @Test func `what was sent is found, though the folder that it was sent from is gone`() throws {
        let rig = try Rig(.gammu)
        let layout = SpoolLayout(outgoing: rig.folder("outbox"), sent: rig.folder("sent"), failed: rig.folder("error"), incoming: [])
        try rig.write("sent", "letter", [1])
        try FileManager.default.removeItem(atPath: rig.folder("outbox").path)
        #expect(layout.place(of: "letter") == .sent && layout.place(of: "other") == .unseen)
    }

    @Test func `when Asterisk takes what lay too long, the line is well again`() async throws {
        let rig = try Rig(.smsq)
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(), claim(rig, "hello"))
        let sending = Task { await trunk.send(claim, journal: ScriptedJournal()) }
        while try rig.names(in: "motx").isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        rig.clock.advance(by: .seconds(700))
        while trunk.health.state != .impaired { try await Task.sleep(for: .milliseconds(2)) }
        await rig.daemon.set(.working)
        await rig.daemon.work()
        _ = await sending.value
        #expect(trunk.health.state != .impaired && rig.board.told.isEmpty)
    }

    @Test func `notes on what was sent long ago go while the process lives`() async throws {
        let rig = try Rig(.gammu)
        let trunk = try rig.trunk()
        let running = Task { try await trunk.run() }
        while trunk.health.state != .working { try await Task.sleep(for: .milliseconds(2)) }
        try rig.write("letters", "old", [1])
        try rig.write("letters", "new", [1])
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -100 * 86_400)], ofItemAtPath: rig.folder("letters").path + "/old")
        rig.clock.advance(by: .seconds(86_400))
        while rig.folder("letters").has("old") { try await Task.sleep(for: .milliseconds(2)) }
        #expect(try rig.names(in: "letters") == ["new"])
        running.cancel()
        try await running.value
    }

    @Test(arguments: SpoolHabit.allCases)
    func `a program that is away for most of a day sends what waited, once`(habit: SpoolHabit) async throws {
        let rig = try Rig(habit)
        await rig.daemon.set(.stopped)
        let (trunk, claim) = (try rig.trunk(), claim(rig, "hello"))
        let sending = Task { await trunk.send(claim, journal: ScriptedJournal()) }
        while try rig.names(in: habit.folders[0]).isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        rig.clock.advance(by: .seconds(80_000))
        while rig.board.told.isEmpty { try await Task.sleep(for: .milliseconds(2)) }
        await rig.daemon.set(.working)
        await rig.daemon.work()
        guard case .accepted = await sending.value else {
            Issue.record("not sent")
            return
        }
        #expect(await rig.daemon.sent.count == 1)
    }

    @Test func `pictures are refused with a reason`() async throws {
        let rig = try Rig(.gammu)
        let text = claim(rig, "x").message
        let picture = Message(
            id: text.id, line: "home", direction: .outgoing, sender: nil, participants: text.participants,
            parts: [Part(contentType: "image/png", octets: [1])], recordedAt: text.recordedAt)
        guard case .failed(let failure) = await (try rig.trunk()).send(claim(rig, "", message: picture), journal: ScriptedJournal()) else {
            Issue.record("taken")
            return
        }
        #expect(failure.cause == .refused)
    }
}
