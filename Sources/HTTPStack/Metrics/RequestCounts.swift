import Synchronization

/// How many requests each operation answered, by status, and how many connections were cut, by reason. Bounded: only path templates
/// are counted, never what a stranger typed.
public final class RequestCounts: Sendable {
    /// Why a connection was ended by us.
    enum Cut: String, CaseIterable {
        /// No whole head came in time.
        case slowHead = "slow_head"
        /// The body did not come in time, nor did the peer go when it was told.
        case slowBody = "slow_body"
        /// The peer left our octets unread.
        case unread
        /// Too many connections, of its source or in all.
        case crowded
    }

    private struct Key: Hashable {
        let path: String
        let status: Int
    }

    private let counts = Mutex<[Key: Int]>([:])
    private let cuts = Mutex<[Cut: Int]>([:])

    public init() {}

    func note(_ path: String, status: Int) {
        counts.withLock { $0[Key(path: path, status: status), default: 0] += 1 }
    }

    func note(_ cut: Cut) {
        cuts.withLock { $0[cut, default: 0] += 1 }
    }

    public var metrics: [Metric] { [requests, connectionsCut] }

    private var requests: Metric {
        let samples = counts.withLock { $0 }.map { key, count in
            Metric.Sample(Double(count), labels: ["path": key.path, "status": String(key.status)])
        }
        let ordered = samples.sorted {
            ($0.labels["path"] ?? "", $0.labels["status"] ?? "") < ($1.labels["path"] ?? "", $1.labels["status"] ?? "")
        }
        return Metric("homeline_http_requests_total", .counter, help: "HTTP requests answered.", samples: ordered)
    }

    private var connectionsCut: Metric {
        let cuts = cuts.withLock { $0 }
        return Metric(
            "homeline_http_connections_cut_total", .counter, help: "HTTP connections ended by us, by reason.",
            samples: Cut.allCases.map { Metric.Sample(Double(cuts[$0] ?? 0), labels: ["reason": $0.rawValue]) })
    }
}
