import Exchange
import HTTPStack
import Telephony

/// `POST /api/v1/lines/{line}/ussd`: asks the network (`*100#`), or answers what it asked.
struct RequestUSSD: Sendable {
    let desk: Desk

    /// A USSD string has at most 182 characters (TS 23.038 §5).
    private static let textLimit = 182

    var operation: Operation {
        Operation(.post, "/api/v1/lines/{line}/ussd", access: .scope(.admin), bodyLimit: 4096) { request in
            let trunk = try desk.ussdTrunk(request.parameter("line"))
            var fields = try Fields(request.body)
            let text = try fields.text("text")
            try fields.end()
            guard !text.isEmpty, text.count <= Self.textLimit, text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
            else {
                throw Problem.unprocessable("1 to \(Self.textLimit) characters without control characters", field: "text")
            }
            await desk.audit.note(.ussdSent, by: request.caller, from: request, about: request.parameter("line"))
            do throws(Failure) {
                let answer = try await trunk.request(text)
                return .json(200, ["text": .string(answer.text), "expectsReply": .bool(answer.expectsReply)])
            } catch {
                throw Problem(error)
            }
        }
    }
}

extension Desk {
    func ussdTrunk(_ name: String) throws(Problem) -> any USSDTrunk {
        guard lines.contains(LineID(name)) else { throw .notFound("There is no line of this name") }
        guard let trunk = ussd(LineID(name)) else { throw .conflict("The line's trunk cannot send USSD requests") }
        return trunk
    }
}

extension Problem {
    /// What a trunk could not do.
    init(_ failure: Failure) {
        switch failure.disposition {
        case .retry: self.init(503, "unavailable", failure.sentence, retryAfter: 10)
        case .permanent, .inDoubt, .needsOperator: self.init(502, "failed", failure.sentence)
        }
    }
}
