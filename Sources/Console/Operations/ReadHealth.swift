import Exchange
import HTTPStack
import Telephony

/// `GET /health`: the true state of every trunk and endpoint; to strangers the sum of it only, or what a kind that stands in for another program
/// tells them there.
///
/// 503 when no trunk works or the ledger takes nothing, so that a probe need not read the body.
struct ReadHealth: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/health", access: .open) { request in
            if let operation = desk.strangersHealth, !request.caller.may(.read) { return try await operation.respond(to: request) }
            let parts = await desk.parts()
            let status = Self.status(parts.map { ($0.kind, $0.health.state) })
            var members: [JSON.Member] = [("status", .string(status.rawValue))]
            if request.caller.may(.read) { members.append(("parts", .array(parts.map(document)))) }
            return .json(status == .down ? 503 : 200, .object(members))
        }
    }

    /// Working when everything works, down when the ledger or every trunk is down, else impaired; starting while nothing is worse than that.
    static func status(_ parts: [(kind: PartHealth.Kind, state: Health.State)]) -> Health.State {
        if parts.contains(where: { $0.kind == .ledger && $0.state == .down }) { return .down }
        let trunks = parts.filter { $0.kind == .trunk }
        if !trunks.isEmpty, trunks.allSatisfy({ $0.state == .down }) { return .down }
        if parts.contains(where: { $0.state == .down || $0.state == .impaired }) { return .impaired }
        return parts.contains { $0.state == .starting } ? .starting : .working
    }

    private func document(_ part: PartHealth) -> JSON {
        ["kind": .string(part.kind.rawValue), "name": .string(part.name), "health": JSON(part.health)]
    }
}
