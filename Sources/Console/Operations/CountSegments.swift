import HTTPStack

/// `GET /api/v1/segments?text=`: how a text would be cut into short messages, for whoever is typing it.
struct CountSegments: Sendable {
    let desk: Desk

    /// What a URL has room for; longer texts are beyond counting by hand.
    private static let textLimit = 1000

    var operation: Operation {
        Operation(.get, "/api/v1/segments", access: .scope(.read)) { request in
            guard let text = try request.queryParameters("text")["text"] else { throw Problem.badRequest("Missing", field: "text") }
            guard text.unicodeScalars.count <= Self.textLimit else {
                throw Problem.badRequest("At most \(Self.textLimit) characters", field: "text")
            }
            let count = desk.count(text)
            return .json(
                200,
                [
                    "encoding": .string(count.encoding), "segments": .integer(Int64(count.segments)),
                    "unitsLeft": .integer(Int64(count.unitsLeft)),
                ])
        }
    }
}
