/// What runs here.
public struct Program: Sendable {
    public let version: String
    /// Since the process began; setting the clock changes nothing about it.
    public let uptime: @Sendable () -> Duration

    public init(version: String, uptime: @escaping @Sendable () -> Duration) {
        self.version = version
        self.uptime = uptime
    }
}

extension Pages {
    /// For the foot of a page.
    var programNote: HTML {
        "<p class=\"quiet\" data-program>Homeline \(desk.program.version) · \(words.runningFor(words.duration(desk.program.uptime())))</p>"
    }
}
