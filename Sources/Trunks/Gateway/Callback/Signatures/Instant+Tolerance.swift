import Telephony

extension Instant {
    /// Whether that second is at most so far away. Anybody may call and write any number: one that is out of reach is far away.
    func isWithin(_ tolerance: Duration, of second: Int64) -> Bool {
        let (distance, isOutOfReach) = seconds.subtractingReportingOverflow(second)
        return !isOutOfReach && distance.magnitude <= tolerance.components.seconds.magnitude
    }
}
