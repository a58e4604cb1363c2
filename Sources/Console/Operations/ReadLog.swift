import Exchange
import HTTPStack
import Telephony

/// `GET /api/v1/log?level=`: the latest lines of the log, oldest first, then each as it is written, as server-sent events.
struct ReadLog: Sendable {
    let desk: Desk

    /// How many lines that are there already are told first.
    private static let past = 100

    var operation: Operation {
        Operation(.get, "/api/v1/log", access: .scope(.admin)) { request in
            let word = try request.queryParameters("level")["level"] ?? LogLine.Level.info.rawValue
            guard let level = LogLine.Level(rawValue: word) else { throw Problem.badRequest("One of info, notice, warning, error", field: "level") }
            let ring = desk.care.log
            let first = ring.lines(from: level, limit: Self.past).first.map { $0.sequence - 1 } ?? ring.last
            let reader = try ring.follow(after: first, from: level, pause: desk.care.pause) { line in
                Array("id: \(line.sequence)\ndata: ".utf8) + JSON(line).encoded + Array("\n\n".utf8)
            }
            return Response(status: 200, contentType: "text/event-stream", body: .stream { await reader.next() })
        }
    }
}

extension JSON {
    init(_ line: LogLine) {
        self = [
            "at": JSON(line.at), "level": .string(line.level.rawValue), "part": .string(line.label), "text": .string(line.text),
            "details": .string(line.details),
        ]
    }
}
