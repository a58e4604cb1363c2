import Exchange
import HTTPStack
import Telephony

/// `GET /api/v1/lines`: the lines with what is known of them and how their trunks are.
struct ListLines: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/api/v1/lines", access: .scope(.read)) { request in
            _ = try request.queryParameters()
            let known = Dictionary(try await desk.ledger.lines().map { ($0.id, $0.facts) }) { first, _ in first }
            let parts = await desk.parts().filter { $0.kind == .trunk }
            let lines = desk.lines.map { line in
                document(line, facts: known[line] ?? LineFacts(), health: parts.first { $0.name == line.name }?.health)
            }
            return .json(200, ["lines": .array(lines)])
        }
    }

    private func document(_ line: LineID, facts: LineFacts, health: Health?) -> JSON {
        var members: [JSON.Member] = [("line", .string(line.name))]
        let texts = [
            ("number", facts.number), ("carrier", facts.carrier), ("imsi", facts.imsi), ("iccid", facts.iccid), ("imei", facts.imei),
        ]
        for (name, text) in texts {
            if let text { members.append((name, .string(text))) }
        }
        if let health { members.append(("health", JSON(health))) }
        return .object(members)
    }
}
