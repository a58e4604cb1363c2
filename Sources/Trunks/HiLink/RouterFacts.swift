import Synchronization

/// What the router said of its SIM, for picture messages, which are fetched beside everything else.
final class RouterFacts: Sendable {
    private let held = Mutex<String?>(nil)

    var imsi: String? { held.withLock { $0 } }

    func note(imsi: String?) { held.withLock { $0 = imsi } }
}
