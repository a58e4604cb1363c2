import Exchange
import HTTPStack

/// `GET /api/v1/events`: server-sent events (WHATWG HTML §9.2) of new messages and of what becomes of them.
///
/// The id of an event is its timeline entry's sequence number; `Last-Event-ID` or `?after=` resumes after one that was seen.
struct StreamEvents: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/events", access: .scope(.read)) { request in
            let after = try request.queryParameters("after")["after"] ?? request.header("Last-Event-ID")
            let reader = try await desk.feed.open(after: try after.map(Self.sequence))
            return Response(status: 200, contentType: "text/event-stream", body: .stream { try await reader.next() })
        }
    }

    private static func sequence(_ text: String) throws(Problem) -> Int64 {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let sequence = Int64(text) else {
            throw .badRequest("Not the id of an event", field: "after")
        }
        return sequence
    }
}
