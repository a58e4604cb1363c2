import Telephony

/// How long a delivery may wait before it is given up, by where it goes.
public struct Lifetimes: Hashable, Sendable {
    /// A text that could not leave for this long is reported as failed rather than surprising someone days later.
    public var trunk: Duration
    public var device: Duration
    public var endpoint: Duration
    public var status: Duration

    public init(
        trunk: Duration = .seconds(24 * 3600), device: Duration = .seconds(30 * 86400), endpoint: Duration = .seconds(3 * 86400),
        status: Duration = .seconds(7 * 86400)
    ) {
        self.trunk = trunk
        self.device = device
        self.endpoint = endpoint
        self.status = status
    }

    func lifetime(of content: DeliveryContent, to destination: Destination) -> Duration {
        switch (content, destination) {
        case (.status, _), (.readReport, _): status
        case (.message, .trunk): trunk
        case (.message, .device): device
        case (.message, .endpoint), (.message, .receiver): endpoint
        }
    }
}
