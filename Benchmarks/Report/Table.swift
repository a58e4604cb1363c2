/// The measurements as one table, and under it a line per shortfall.
struct Table {
    let measurements: [Measurement]
    /// Sentences about the machine and the runs.
    let notes: [String]

    var text: String {
        let head = ["what", "reached", "promised", "reference", "verdict"]
        let rows = measurements.map { [$0.what, reached($0), promised($0), $0.reference, verdict($0)] }
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        var lines = [line(head, widths), widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")]
        lines += rows.map { line($0, widths) }
        let shortfalls = measurements.filter { $0.isReached == false && !$0.explanation.isEmpty }
        if !shortfalls.isEmpty { lines += ["", "Where the time goes"] + shortfalls.map { "  \($0.what): \($0.explanation)" } }
        return (lines + [""] + notes).joined(separator: "\n")
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let padded = zip(cells, widths).map { cell, width in cell + String(repeating: " ", count: max(0, width - cell.count)) }
        let text = padded.joined(separator: "  ")
        return String(text.prefix(text.count - text.reversed().prefix { $0 == " " }.count))
    }

    private func verdict(_ measurement: Measurement) -> String {
        switch measurement.isReached {
        case true?: "reached"
        case false?: "short"
        case nil: ""
        }
    }

    private func reached(_ measurement: Measurement) -> String {
        let value = Self.number(measurement.reached, measurement.unit)
        guard let p99 = measurement.p99 else { return value }
        return value + ", p99 " + Self.number(p99, measurement.unit == .perSecond ? .milliseconds : measurement.unit)
    }

    private func promised(_ measurement: Measurement) -> String {
        switch measurement.promise {
        case .none: ""
        case .atMost(let limit, let tail):
            "≤ " + Self.number(limit, measurement.unit) + (tail.map { ", p99 ≤ " + Self.number($0, measurement.unit) } ?? "")
        case .atLeast(let limit, let tail):
            "≥ " + Self.number(limit, measurement.unit) + (tail.map { ", p99 ≤ " + Self.number($0, .milliseconds) } ?? "")
        }
    }

    /// Three digits or so, thousands apart for rates: `15,000/s`, `0.38 µs`.
    static func number(_ value: Double, _ unit: Measurement.Unit) -> String {
        let shown = value >= 100 ? value.rounded() : value >= 10 ? (value * 10).rounded() / 10 : (value * 100).rounded() / 100
        guard unit == .perSecond else { return shown == shown.rounded() ? "\(Int(shown)) \(unit.rawValue)" : "\(shown) \(unit.rawValue)" }
        let digits = Array(String(Int(value.rounded())))
        var grouped = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { grouped += "," }
            grouped.append(digit)
        }
        return grouped + unit.rawValue
    }
}
