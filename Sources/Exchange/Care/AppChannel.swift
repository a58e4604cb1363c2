import Synchronization
import Telephony

/// A message from `Homeline` in the apps of those who have the lines.
public final class AppChannel: AlertChannel {
    private let notices: Notices
    private let lines: [LineID]
    /// The endpoints that serve apps.
    private let endpoints: [EndpointID]
    /// Topics that the apps know already, by the trunk's own notice.
    private let known = Mutex<Set<String>>([])

    /// A trunk may know of a trouble so long before it is seen here.
    private static let notice: Duration = .seconds(60)

    public let name = "message in the apps"

    public init(notices: Notices, lines: [LineID], endpoints: [EndpointID]) {
        self.notices = notices
        self.lines = lines
        self.endpoints = endpoints
    }

    public func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async throws(Failure) {
        let works = endpoints.contains { !broken.contains(Vital.Place(.endpoint, $0.name)) }
        guard works, !broken.contains(Vital.Place(.ledger)), let line = lines.first else { throw Failure(.unreachable, "no endpoint for apps works") }
        if isKnown(news) { return }
        try await notices.alert(line, news.words)
    }

    private func isKnown(_ news: AlertNews) -> Bool {
        guard let place = Vital.Place(news.topic), place.kind == .line else { return false }
        switch news.kind {
        case .wrong:
            guard notices.hasTold(LineID(place.name), since: news.since - Self.notice) else { return false }
            known.withLock { _ = $0.insert(news.topic) }
            return true
        case .over: return known.withLock { $0.remove(news.topic) } != nil
        case .trial: return false
        }
    }
}
