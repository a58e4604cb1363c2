import Exchange
import HTTPStack
import Telephony

/// `GET /metrics`: for Prometheus, with a token, over the local socket, or from an address that the settings list.
struct ReadMetrics: Sendable {
    let desk: Desk

    var operation: Operation {
        Operation(.get, "/metrics", access: .open) { request in
            guard request.caller.may(.read) || isScraper(request.source) else {
                throw request.caller == .stranger ? Problem.unauthorized : .forbidden(.read)
            }
            let metrics = [try await deliveries(), await health(), readers()] + (await desk.metrics())
            return .text(Exposition(metrics).text, contentType: Exposition.contentType)
        }
    }

    private func isScraper(_ source: Source) -> Bool {
        if case .network(let text) = source, let address = IPAddress(text) { desk.scrapers.contains(address.unmapped) } else { false }
    }

    private func deliveries() async throws -> Metric {
        let backlog = try await desk.ledger.backlog()
        let states: [DeliveryState] = [.pending, .claimed, .inDoubt]
        return Metric(
            "homeline_deliveries", .gauge, help: "Deliveries that are not settled, by state.",
            samples: states.map { Metric.Sample(Double(backlog[$0] ?? 0), labels: ["state": $0.rawValue]) })
    }

    private func health() async -> Metric {
        let samples = await desk.parts().map { part in
            Metric.Sample(part.health.state == .working ? 1 : 0, labels: ["kind": part.kind.rawValue, "name": part.name])
        }
        return Metric("homeline_part_working", .gauge, help: "Whether a trunk or endpoint works.", samples: samples)
    }

    private func readers() -> Metric {
        Metric(
            "homeline_event_readers", .gauge, help: "Readers of the event stream.", samples: [Metric.Sample(Double(desk.feed.readerCount))])
    }
}
