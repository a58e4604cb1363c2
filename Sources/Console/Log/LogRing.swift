import Exchange
import HTTPStack
import Synchronization
import Telephony

/// The latest lines of the log, in memory. What is beyond its room is forgotten, the oldest first.
public final class LogRing: Sendable {
    public static let room = 2000
    /// Characters of one line.
    private static let lineLimit = 1000
    static let readerLimit = 8

    private struct State {
        /// A ring: the line of sequence n is at n modulo the room.
        var lines: [LogLine] = []
        var next: Int64 = 1
        var readers: [Int: WakeSignal] = [:]
        var opened = 0
    }

    private let state = Mutex(State())

    public init() {}

    /// Keeps a line; numbers and secrets in it are masked here, whoever wrote it.
    public func add(_ level: LogLine.Level, label: String, _ text: String, details: [(String, String)], at: Instant) {
        let details = details.map { "\($0.0)=\($0.1)" }.joined(separator: " ")
        let wakes = state.withLock { state in
            let line = LogLine(
                sequence: state.next, at: at, level: level, label: label, text: Self.shown(text), details: Self.shown(details))
            state.next += 1
            if state.lines.count < Self.room { state.lines.append(line) } else { state.lines[Int((line.sequence - 1) % Int64(Self.room))] = line }
            return Array(state.readers.values)
        }
        for wake in wakes { wake.ring() }
    }

    private static func shown(_ text: String) -> String {
        let masked = text.masked.harmlessLine
        let scalars = masked.unicodeScalars
        return scalars.count > lineLimit ? String(scalars.prefix(lineLimit)) + "…" : masked
    }

    /// Lines after a sequence number, oldest first, at least as grave as `level`: the last `limit` of them.
    public func lines(after sequence: Int64 = 0, from level: LogLine.Level = .info, limit: Int = LogRing.room) -> [LogLine] {
        let all = state.withLock { state in
            let split = state.lines.count < Self.room ? 0 : Int((state.next - 1) % Int64(Self.room))
            return state.lines[split...] + state.lines[..<split]
        }
        return Array(all.filter { $0.sequence > sequence && $0.level >= level }.suffix(max(0, limit)))
    }

    public var last: Int64 { state.withLock { $0.next - 1 } }

    /// Somebody who follows the log. Throws 503 where there are too many.
    func follow(after sequence: Int64, from level: LogLine.Level, pause: @escaping Pause, writing: @escaping @Sendable (LogLine) -> [UInt8]) throws(Problem) -> LogReader {
        let wake = WakeSignal()
        let place = state.withLock { state -> Int? in
            guard state.readers.count < Self.readerLimit else { return nil }
            state.opened += 1
            state.readers[state.opened] = wake
            return state.opened
        }
        guard let place else { throw Problem(503, "unavailable", "Too many readers of the log", retryAfter: 30) }
        return LogReader(ring: self, position: sequence, level: level, wake: wake, pause: pause, writing: writing) { [weak self] in
            self?.state.withLock { $0.readers[place] = nil }
        }
    }
}
