import Foundation
import HTTPStack
import Telephony

/// Until when a line has everything that its phone received, kept over restarts in a file of the line's own.
struct CatchUpMark: Sendable {
    struct Times: Hashable, Sendable {
        /// When the line began: what its phone received before that is not asked for.
        var began: Instant
        var until: Instant
        /// The beginning as it was told, while that is a time to come: either the clock was wrong then, or it is now.
        var told: Instant?
    }

    /// How far behind the mark is looked after an absence: the networks' own times of messages lag, and phones' clocks are off.
    static let wide: Duration = .seconds(3 * 86_400)
    /// And from one look to the next.
    static let narrow: Duration = .seconds(3600)

    private let path: String

    init(directory: String) { path = directory + "/caught-up" }

    /// Begins now where there is no file, or one that does not read. A time to come was told by a clock that was wrong: nothing would be asked
    /// for until then.
    func read(now: Instant) -> Times {
        guard let data = FileManager.default.contents(atPath: path), data.count <= 1024, let document = try? JSON(decoding: Array(data)),
            let began = document["began"]?.instant, let until = document["until"]?.instant
        else { return Times(began: now, until: now) }
        let told = document["told"]?.instant ?? began
        if told <= now { return Times(began: told, until: min(until, now)) }
        return Times(began: min(began, now), until: min(until, now), told: told)
    }

    /// A mark that cannot be written costs a second look, and no message.
    func write(_ times: Times) {
        var members: [JSON.Member] = [("began", .integer(times.began.milliseconds)), ("until", .integer(times.until.milliseconds))]
        if let told = times.told { members.append(("told", .integer(told.milliseconds))) }
        try? Data(JSON.object(members).encoded).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
}

extension CatchUpMark.Times {
    /// From when on is to be asked.
    func since(_ reach: Duration) -> Instant { max(began, until - reach) }
}
