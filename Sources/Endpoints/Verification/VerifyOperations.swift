import Exchange
import HTTPStack
import Telephony

/// What a verification endpoint serves. `Docs/openapi.yaml` describes it.
struct VerifyOperations: Sendable {
    let desk: VerificationDesk

    private static let bodyLimit = 4096
    private static let wordLimit = 200

    var all: [Operation] {
        [
            Operation(.post, "/api/v1/verify", access: .scope(.send), bodyLimit: Self.bodyLimit) { request in
                var fields = try Fields(request.body)
                return try await started(try wish(&fields))
            },
            Operation(.post, "/api/v1/verify/check", access: .scope(.send), bodyLimit: Self.bodyLimit) { request in
                var fields = try Fields(request.body)
                let id = try fields.optionalText("id")
                let number = try fields.optionalText("number")
                let code = try fields.text("code")
                try fields.end()
                return try await checked(try await verification(id, number), code)
            },
            Operation(.post, "/enum/verify", access: .scope(.send), bodyLimit: Self.bodyLimit, respond: verify),
        ]
    }

    /// Both in one, for a number that is to be entered in a directory: without a code one is sent, with one it is checked.
    private func verify(_ request: Request) async throws -> Response {
        var fields = try Fields(request.body)
        guard let code = try fields.optionalText("code") else { return try await started(try wish(&fields)) }
        let number = try fields.text("number")
        try fields.end()
        return try await checked(try await verification(nil, number), code)
    }

    private func wish(_ fields: inout Fields) throws(Problem) -> VerificationDesk.Wish {
        let number = try fields.text("number")
        let language = try fields.optionalText("language")
        let client = try fields.optionalText("client")
        try fields.end()
        for (name, text) in [("number", number), ("language", language ?? ""), ("client", client ?? "")] where text.utf8.count > Self.wordLimit {
            throw .unprocessable("At most \(Self.wordLimit) octets", field: name)
        }
        return VerificationDesk.Wish(number: number, language: language, client: client ?? "")
    }

    private func verification(_ id: String?, _ number: String?) async throws(Problem) -> Verification.ID {
        switch (id, number) {
        case (let id?, nil):
            guard let id = Verification.ID(id) else { throw Self.unknown }
            return id
        case (nil, let number?):
            guard let id = try await desk.latest(number) else { throw Self.unknown }
            return id
        case (nil, nil): throw .badRequest("Missing", field: "id")
        case (_?, _?): throw .badRequest("Either id or number", field: "number")
        }
    }

    private static let unknown = Problem.notFound("There is no such verification, or it is a day old")

    private func started(_ wish: VerificationDesk.Wish) async throws(Problem) -> Response {
        let started = try await desk.start(wish)
        return .json(
            202,
            [
                "id": .string(started.verification.id.description), "number": .string(started.verification.number),
                "expiresAt": JSON(started.expiresAt), "resendAfter": .integer(started.resendAfter),
            ])
    }

    private func checked(_ id: Verification.ID, _ code: String) async throws(Problem) -> Response {
        switch try await desk.check(id, code: code) {
        case .verified(let record): return .json(200, ["verified": true, "number": .string(record.number)])
        case .wrong(let record):
            let left = max(0, desk.attempts - record.wrongCodes)
            return .json(200, ["verified": false, "reason": "wrong", "attemptsLeft": .integer(Int64(left))])
        case .expired: return .json(200, ["verified": false, "reason": "expired"])
        case .exhausted: return .json(200, ["verified": false, "reason": "exhausted"])
        case .used: return .json(200, ["verified": false, "reason": "used"])
        case .unknown: throw Self.unknown
        }
    }
}
