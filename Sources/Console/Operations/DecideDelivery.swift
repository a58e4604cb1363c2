import Exchange
import HTTPStack
import Telephony

/// `POST /api/v1/deliveries/{id}/decision`: a person settles a send whose fate is unknown.
struct DecideDelivery: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.post, "/api/v1/deliveries/{id}/decision", access: .scope(.admin), bodyLimit: 4096) { request in
            var fields = try Fields(request.body)
            let word = try fields.text("decision")
            try fields.end()
            guard let decision = DoubtDecision(rawValue: word) else {
                let words = DoubtDecision.allCases.map(\.rawValue).joined(separator: ", ")
                throw Problem.unprocessable("One of \(words) is expected", field: "decision")
            }
            guard let id = DeliveryID(request.parameter("id")) else { throw Problem.notFound("There is no such delivery") }
            try await desk.decisions.decide(id, decision)
            await desk.audit.note(.troubleSettled, by: request.caller, from: request, about: decision.rawValue)
            return .json(200, ["id": .string(id.description), "decision": .string(decision.rawValue)])
        }
    }
}
