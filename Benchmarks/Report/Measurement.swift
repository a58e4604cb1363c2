/// One figure of the table, with what was promised for it.
struct Measurement {
    enum Unit: String {
        case microseconds = "µs"
        case milliseconds = "ms"
        case perSecond = "/s"
        case kilobytes = "kB"
        case megabytes = "MB"
        case megabytesPerSecond = "MB/s"
    }

    /// What DESIGN section 8 asks for; the second bound is on the 99th percentile.
    enum Promise {
        case atMost(Double, p99: Double? = nil)
        case atLeast(Double, p99Milliseconds: Double? = nil)
        case none
    }

    let what: String
    let unit: Unit
    /// The median of the runs, or of the samples where there is a percentile.
    let reached: Double
    /// Milliseconds for rates, the unit itself otherwise.
    var p99: Double?
    var promise = Promise.none
    var reference = ""
    /// Where the time goes, shown when the promise is missed.
    var explanation = ""

    /// Nil where nothing was promised.
    var isReached: Bool? {
        switch promise {
        case .atMost(let limit, let tail): reached <= limit && isWithin(tail)
        case .atLeast(let limit, let tail): reached >= limit && isWithin(tail)
        case .none: nil
        }
    }

    private func isWithin(_ limit: Double?) -> Bool {
        guard let limit else { return true }
        return (p99 ?? .infinity) <= limit
    }
}
