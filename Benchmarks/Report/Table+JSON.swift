import Foundation

/// The table for programs.
private struct Document: Encodable {
    struct Row: Encodable {
        let what: String
        let unit: String
        let reached: Double
        let p99: Double?
        let promised: Double?
        let promisedP99: Double?
        let reference: String
        let isReached: Bool?
        let explanation: String
    }

    let measurements: [Row]
    let notes: [String]
}

extension Table {
    func json() throws -> Data {
        let rows = measurements.map { measurement in
            let (promised, tail): (Double?, Double?) =
                switch measurement.promise {
                case .none: (nil, nil)
                case .atMost(let limit, let tail): (limit, tail)
                case .atLeast(let limit, let tail): (limit, tail)
                }
            return Document.Row(
                what: measurement.what, unit: measurement.unit.rawValue, reached: measurement.reached, p99: measurement.p99, promised: promised,
                promisedP99: tail, reference: measurement.reference, isReached: measurement.isReached, explanation: measurement.explanation)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(Document(measurements: rows, notes: notes))
    }
}
