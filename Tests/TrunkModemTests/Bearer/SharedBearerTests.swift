import Carriers
import Synchronization
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct SharedBearerTests {
    static func shared(_ bearer: ScriptedBearer, _ time: ManualTime) -> SharedBearer {
        SharedBearer(bearer, idle: .seconds(60), patience: .seconds(90), clock: time)
    }

    /// Gives way until the condition holds.
    static func until(_ what: Comment, _ condition: () async -> Bool) async throws {
        for _ in 0..<100_000 {
            if await condition() { return }
            await Task.yield()
        }
        Issue.record("never: \(what)")
        throw Unexpected("\(what)")
    }

    @Test func `it is opened once for all who want it, and released when it was idle`() async throws {
        let (bearer, time) = (ScriptedBearer(), ManualTime())
        let shared = Self.shared(bearer, time)
        await bearer.hold()
        let users = (0..<5).map { _ in Task { try await shared.use(.example) { $0.interface } } }
        try await Self.until("it is being opened") { await bearer.opened == 1 }
        await bearer.letGo()
        for user in users { #expect(try await user.value == "scripted1") }
        #expect(await bearer.opened == 1)
        #expect(await bearer.released == 0)
        try await Self.until("the idle time is over") {
            _ = time.passToNextDeadline()
            return await bearer.released == 1
        }
        #expect(try await shared.use(.example) { $0.interface } == "scripted2")
    }

    @Test func `who uses it keeps it up`() async throws {
        let (bearer, time) = (ScriptedBearer(), ManualTime())
        let shared = Self.shared(bearer, time)
        let (entered, enter) = AsyncStream<Void>.makeStream()
        let (left, leave) = AsyncStream<Void>.makeStream()
        let user = Task {
            try await shared.use(.example) { _ in
                enter.yield()
                for await _ in left { break }
            }
        }
        for await _ in entered { break }
        for _ in 0..<100 {
            _ = time.passToNextDeadline()
            await Task.yield()
        }
        #expect(await bearer.released == 0)
        leave.yield()
        try await user.value
    }

    @Test func `a failure is everybody's, leaves nothing behind, and the next one tries again`() async throws {
        let (bearer, time) = (ScriptedBearer(), ManualTime())
        let shared = Self.shared(bearer, time)
        await bearer.hold()
        let users = (0..<3).map { _ in Task { try await shared.use(.example) { $0.interface } } }
        try await Self.until("it is being opened") { await bearer.opened == 1 }
        await bearer.letGo(throwing: .refused("no data plan"))
        for user in users { await #expect(throws: BearerError.refused("no data plan")) { try await user.value } }
        #expect(await bearer.released == 1)
        await bearer.letGo()
        #expect(try await shared.use(.example) { $0.interface } == "scripted2")
    }

    @Test func `who gives up does not take it from the others`() async throws {
        let (bearer, time) = (ScriptedBearer(), ManualTime())
        let shared = Self.shared(bearer, time)
        await bearer.hold()
        let first = Task { try await shared.use(.example) { $0.interface } }
        try await Self.until("it is being opened") { await bearer.opened == 1 }
        let second = Task { try await shared.use(.example) { $0.interface } }
        first.cancel()
        await bearer.letGo()
        #expect(try await second.value == "scripted1")
    }

    @Test func `who is told to end does not wait until it is open`() async throws {
        let (bearer, time) = (ScriptedBearer(), ManualTime())
        let shared = Self.shared(bearer, time)
        await bearer.hold()
        let hasEnded = Mutex(false)
        let user = Task {
            defer { hasEnded.withLock { $0 = true } }
            return try await shared.use(.example) { $0.interface }
        }
        try await Self.until("it is being opened") { await bearer.opened == 1 }
        user.cancel()
        try await Self.until("its user has ended") { hasEnded.withLock { $0 } }
        await #expect(throws: BearerError.timeout("given up")) { try await user.value }
        await bearer.letGo()
        await shared.close()
        #expect(await bearer.released == 1)
    }

    @Test func `opening takes no longer than we have patience`() async throws {
        let (bearer, time) = (ScriptedBearer(), ManualTime())
        let shared = Self.shared(bearer, time)
        await bearer.hold()
        let user = Task { try await shared.use(.example) { $0.interface } }
        try await Self.until("it is being opened") { await bearer.opened == 1 }
        // The bearer itself is cancelled, and comes back when its program was ended.
        try await Self.until("the patience is over") { time.passToNextDeadline() }
        await bearer.letGo(throwing: .timeout("ended"))
        let error = await #expect(throws: BearerError.self) { try await user.value }
        guard case .timeout = error else { throw Unexpected("\(String(describing: error))") }
    }

    @Test func `a context that went with its modem is opened anew`() async throws {
        let (bearer, time) = (ScriptedBearer(), ManualTime())
        let shared = Self.shared(bearer, time)
        _ = try await shared.use(.example) { $0.interface }
        await shared.invalidate()
        #expect(await bearer.released == 1)
        #expect(try await shared.use(.example) { $0.interface } == "scripted2")
        await shared.close()
        #expect(await bearer.released == 2)
        #expect(await !shared.isUp)
    }
}
