import Exchange
import HTTPStack

extension Metric {
    /// What all endpoints count and measure, each value labelled with its endpoint's name.
    static func all(of endpoints: [EndpointPorts]) async -> [Metric] {
        var figures: [(endpoint: String, figure: Figure)] = []
        for endpoint in endpoints {
            for figure in await endpoint.figures() { figures.append((endpoint.id.name, figure)) }
        }
        var names: [String] = []
        for (_, figure) in figures where !names.contains(figure.name) { names.append(figure.name) }
        return names.compactMap { name in
            let ofName = figures.filter { $0.figure.name == name }
            guard let first = ofName.first?.figure else { return nil }
            let samples = ofName.flatMap { endpoint, figure in
                figure.values.map { Sample($0.value, labels: $0.key.merging(["endpoint": endpoint]) { own, _ in own }) }
            }
            return Metric(name, first.kind == .count ? .counter : .gauge, help: first.meaning, samples: samples.sorted { $0.order < $1.order })
        }
    }
}

extension Metric.Sample {
    /// A sequence that is the same each time.
    fileprivate var order: String { labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",") }
}
