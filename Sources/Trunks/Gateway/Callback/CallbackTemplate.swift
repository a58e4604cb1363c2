import HTTPStack

/// How the requests of a gateway to us are read: texts that came in, and what became of those that left.
struct CallbackTemplate: Sendable {
    var proof: Proof
    var message: MessageFields?
    var report: ReportFields?
    /// What the gateway wants to hear.
    var answer = CallbackAnswer()

    /// What a request says.
    func reading(of request: Request) throws(Unintelligible) -> CallbackReading {
        let request = try CallbackDocument(request)
        let document = request.json
        if let message, message.when.holds(in: document) { return .message(try message.read(request)) }
        if let report, report.when.holds(in: document) { return try report.read(document).map { .report($0) } ?? .nothing }
        return .nothing
    }
}
