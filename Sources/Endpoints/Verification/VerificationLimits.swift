/// How often codes are sent and guessed. A window is an hour; a number's own is a day.
struct VerificationLimits: Hashable, Sendable {
    /// How long a code is good for.
    var lifetime: Duration = .seconds(600)
    /// Wrong codes until it is good no more.
    var attempts = 5
    /// Codes to one number in a day, the same one sent again included.
    var perNumber = 5
    /// Codes to numbers with the same first seven digits in an hour.
    var perPrefix = 10
    var perCountry = 60
    /// For one client of the caller's.
    var perClient = 10
    /// To anybody: what it costs at most.
    var inAll = 100
    /// Seconds until a code may be sent again, after the first time, the second and so on; the last stands for all after it.
    var resendWaits: [Duration] = [.seconds(30), .seconds(90), .seconds(300)]

    static let hour: Duration = .seconds(3600)
    static let day: Duration = .seconds(86400)
    /// How many verifications are remembered; when they are, nothing is sent until the oldest is a day old.
    static let recordLimit = 20_000

    func wait(afterSends count: Int) -> Duration {
        resendWaits.isEmpty ? .zero : resendWaits[min(max(count, 1), resendWaits.count) - 1]
    }
}
