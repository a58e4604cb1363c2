import Exchange
import HTTPStack
import HomelineTesting
import Telephony
import Testing

@testable import Console

@Suite(.timeLimit(.minutes(10))) struct LogRingTests {
    private let at = Instant(seconds: 1_800_000_000)

    private func filled(_ count: Int) -> LogRing {
        let ring = LogRing()
        for number in 0..<count { ring.add(number.isMultiple(of: 10) ? .warning : .info, label: "test", "line \(number)", details: [], at: at) }
        return ring
    }

    @Test(arguments: [0, 1, LogRing.room - 1, LogRing.room, LogRing.room + 1, LogRing.room * 3 + 7])
    func `the ring keeps the latest lines in their order and no more`(count: Int) {
        let ring = filled(count)
        let kept = min(count, LogRing.room)
        #expect(ring.lines().map(\.text) == (count - kept..<count).map { "line \($0)" })
        #expect(ring.last == Int64(count))
        #expect(ring.lines(limit: 3).count == min(3, kept))
        #expect(ring.lines(after: Int64(count) - 1).map(\.text) == (count == 0 ? [] : ["line \(count - 1)"]))
        #expect(ring.lines(from: .warning).allSatisfy { $0.level == .warning })
    }

    @Test func `a very long line is cut`() {
        let ring = LogRing()
        ring.add(.info, label: "test", String(repeating: "e\u{301}", count: 100_000), details: [], at: at)
        #expect(ring.lines()[0].text.unicodeScalars.count == 1001)
    }

    @Test func `a reader gets what is there after its place, then each new line, and of a level only that`() async throws {
        let ring = filled(21)
        let reader = try ring.follow(after: 10, from: .warning, pause: pauseForever) { Array("\($0.text);".utf8) }
        #expect(await reader.next().map { String(decoding: $0, as: UTF8.self) } == "retry: 3000\n\n")
        #expect(await reader.next().map { String(decoding: $0, as: UTF8.self) } == "line 10;line 20;")
        async let next = reader.next()
        ring.add(.error, label: "test", "new", details: [], at: at)
        #expect(await next.map { String(decoding: $0, as: UTF8.self) } == "new;")
    }

    @Test func `readers are few, and make room when they leave`() throws {
        let ring = LogRing()
        var readers = try (0..<LogRing.readerLimit).map { _ in try ring.follow(after: 0, from: .info, pause: pauseForever) { _ in [] } }
        #expect(throws: Problem.self) { _ = try ring.follow(after: 0, from: .info, pause: pauseForever) { _ in [] } }
        readers.removeLast()
        _ = try ring.follow(after: 0, from: .info, pause: pauseForever) { _ in [] }
        #expect(readers.count == LogRing.readerLimit - 1)
    }
}
