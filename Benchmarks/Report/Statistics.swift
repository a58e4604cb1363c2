/// Order statistics of samples. Zero where there are none.
struct Samples {
    private let sorted: [Double]

    init(_ samples: [Double]) {
        sorted = samples.sorted()
    }

    var count: Int { sorted.count }
    var median: Double { quantile(0.5) }
    var p99: Double { quantile(0.99) }

    private func quantile(_ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let place = Int((Double(sorted.count - 1) * share).rounded())
        return sorted[min(max(place, 0), sorted.count - 1)]
    }
}

extension Duration {
    var milliseconds: Double { seconds * 1000 }

    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
