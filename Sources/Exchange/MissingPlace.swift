import Telephony

/// A line or an endpoint for which something waits, and which is not set up.
public struct MissingPlace: Hashable, Sendable {
    public let scope: ClaimScope
    /// Open deliveries, and picture messages to be fetched.
    public let waiting: Int

    public init(scope: ClaimScope, waiting: Int) {
        self.scope = scope
        self.waiting = waiting
    }

    public var sentence: String {
        let place =
            switch scope {
            case .trunk(let line): "line \(line)"
            case .endpoint(let endpoint): "endpoint \(endpoint)"
            }
        let what = waiting == 1 ? "One message waits" : "\(waiting) messages wait"
        return "\(what) for the \(place), which is not set up. What waits goes on when there is one of that name again, and fails when it has expired."
    }
}
