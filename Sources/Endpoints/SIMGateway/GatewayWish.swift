import HTTPStack

/// A text to be sent, as a caller writes it: in JSON or as a form.
struct GatewayWish: Hashable, Sendable {
    let number: String
    let message: String

    static func read(_ request: Request, _ body: RequestBody) async throws(GatewayRefusal) -> GatewayWish {
        do {
            let type = request.header("Content-Type")?.prefix { $0 != ";" }.lowercased() ?? ""
            if type.hasSuffix("json") { return try GatewayWish(json: try await body.whole()) }
            let form = try await request.form(body)
            return try GatewayWish(number: form["number"], message: form["message"])
        } catch let refusal as GatewayRefusal {
            throw refusal
        } catch let problem as Problem {
            throw GatewayRefusal(problem.status, problem.message, retryAfter: problem.retryAfter)
        } catch {
            throw GatewayRefusal(400, "The body did not come whole")
        }
    }

    init(json octets: [UInt8]) throws(GatewayRefusal) {
        guard let json = try? JSON(decoding: octets), case .object = json else { throw GatewayRefusal(400, "A JSON object is expected") }
        try self.init(number: json["number"]?.text, message: json["message"]?.text)
    }

    init(number: String?, message: String?) throws(GatewayRefusal) {
        guard let number, !number.isEmpty else { throw GatewayRefusal(400, "Missing number") }
        guard let message, !message.isEmpty else { throw GatewayRefusal(400, "Missing message") }
        self.number = number
        self.message = message
    }
}
