/// How long a run is to be.
enum Pace {
    private static let seconds = 4.0

    /// Operations that take about four seconds at a rate a second.
    static func count(rate: Double, between least: Int, and most: Int) -> Int {
        guard rate.isFinite, rate > 0 else { return least }
        return min(max(Int(min(rate * seconds, 1e9)), least), most)
    }
}
