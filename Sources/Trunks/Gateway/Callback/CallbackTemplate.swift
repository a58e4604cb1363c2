import HTTPStack

/// How the requests of a gateway to us are read: texts that came in, and what became of those that left.
struct CallbackTemplate: Sendable {
    var proof: Proof
    /// Where the list of news stands, for a gateway that tells of several in one request; nil where the request is the news.
    var items: JSONPath?
    var message: MessageFields?
    var report: ReportFields?
    /// What the gateway wants to hear.
    var answer = CallbackAnswer()

    /// What a request says, in its order. One of a list that cannot be understood does not keep the others out: why goes to `pass`. Where none can,
    /// the gateway is told, as of one that comes alone.
    func readings(of request: Request, pass: (Unintelligible) -> Void) throws(Unintelligible) -> [CallbackReading] {
        let request = try CallbackDocument(request)
        guard let items else { return [try reading(of: request)] }
        var readings: [CallbackReading] = []
        var complaints: [Unintelligible] = []
        for item in items.values(in: request.json) {
            do {
                readings.append(try reading(of: CallbackDocument(item)))
            } catch {
                complaints.append(error)
            }
        }
        if readings.isEmpty, let first = complaints.first { throw first }
        for complaint in complaints { pass(complaint) }
        return readings
    }

    private func reading(of request: CallbackDocument) throws(Unintelligible) -> CallbackReading {
        let document = request.json
        if let message, message.when.holds(in: document) { return .message(try message.read(request)) }
        if let report, report.when.holds(in: document) { return try report.read(document).map { .report($0) } ?? .nothing }
        return .nothing
    }
}
