import Synchronization

/// How many requests each operation answered, by status. Bounded: only path templates are counted, never what a stranger typed.
public final class RequestCounts: Sendable {
    private struct Key: Hashable {
        let path: String
        let status: Int
    }

    private let counts = Mutex<[Key: Int]>([:])

    public init() {}

    func note(_ path: String, status: Int) {
        counts.withLock { $0[Key(path: path, status: status), default: 0] += 1 }
    }

    public var metric: Metric {
        let samples = counts.withLock { $0 }.map { key, count in
            Metric.Sample(Double(count), labels: ["path": key.path, "status": String(key.status)])
        }
        let ordered = samples.sorted {
            ($0.labels["path"] ?? "", $0.labels["status"] ?? "") < ($1.labels["path"] ?? "", $1.labels["status"] ?? "")
        }
        return Metric("homeline_http_requests_total", .counter, help: "HTTP requests answered.", samples: ordered)
    }
}
