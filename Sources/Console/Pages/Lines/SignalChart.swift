import Exchange
import Telephony

/// A line's signal over a time as a drawing. Where nothing was measured there is a gap.
struct SignalChart {
    private let samples: [SignalSample]
    private let from: Instant
    private let through: Instant
    private let words: Words

    private static let width = 700
    private static let height = 120
    /// What GSM and LTE telephones tell at their worst and best (TS 27.007 §8.5).
    private static let weakest = -113
    private static let strongest = -51
    /// Samples that are further apart are not joined.
    private static let gap: Duration = .seconds(1200)

    init(_ samples: [SignalSample], from: Instant, through: Instant, words: Words) {
        self.samples = samples
        self.from = from
        self.through = through
        self.words = words
    }

    var html: HTML {
        let values = samples.map(\.strength)
        guard let low = values.min(), let high = values.max() else { return "<p class=\"soft\">\(words.noSamples)</p>" }
        let lines = runs.map { run -> HTML in
            guard run.count > 1 else { return "<circle cx=\"\(run[0].x)\" cy=\"\(run[0].y)\" r=\"2\"/>" }
            let points = run.map { "\($0.x),\($0.y)" }.joined(separator: " ")
            return "<polyline points=\"\(points)\"/>"
        }
        let days = (1..<7).map { day -> HTML in
            let x = Self.width * day / 7
            return "<line x1=\"\(x)\" y1=\"0\" x2=\"\(x)\" y2=\"\(Self.height)\"/>"
        }
        return """
            <figure class="chart"><svg viewBox="0 0 \(Self.width) \(Self.height)" preserveAspectRatio="none" role="img" aria-label="\(words.signalBetween(low, high))"><g class="grid">\(days)</g>\(lines)</svg>
            <figcaption class="soft">\(words.lastWeek): \(low) … \(high) dBm</figcaption></figure>
            """
    }

    struct Point: Hashable { let x, y: Int }

    /// Pieces without a gap; of samples that fall on one place across the drawing the weakest.
    var runs: [[Point]] {
        var runs: [[Point]] = []
        var last: Instant?
        for sample in samples where sample.at >= from && sample.at <= through {
            let point = point(sample)
            if let last, sample.at - last <= Self.gap, let before = runs.last?.last {
                if before.x == point.x {
                    runs[runs.count - 1][runs[runs.count - 1].count - 1] = Point(x: point.x, y: max(before.y, point.y))
                } else {
                    runs[runs.count - 1].append(point)
                }
            } else {
                runs.append([point])
            }
            last = sample.at
        }
        return runs
    }

    private func point(_ sample: SignalSample) -> Point {
        let span = max(1, (through - from).wholeMilliseconds)
        let x = (sample.at - from).wholeMilliseconds * Int64(Self.width) / span
        let strength = min(max(sample.strength, Self.weakest), Self.strongest)
        return Point(x: Int(x), y: (Self.strongest - strength) * Self.height / (Self.strongest - Self.weakest))
    }
}
