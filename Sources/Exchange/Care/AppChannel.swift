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

    public func bring(_ news: AlertNews, avoiding broken: Set<Vital.Place>) async throws(Failure) -> AlertReach {
        let works = endpoints.contains { !broken.contains(Vital.Place(.endpoint, $0.name)) }
        guard works, !broken.contains(Vital.Place(.ledger)), !lines.isEmpty else { throw Failure(.unreachable, "no endpoint for apps works") }
        if isKnown(news) { return .somebody }
        // Of a line those who have it are told before others.
        let own = Self.line(of: news)
        let isBrought = try await notices.alert(lines.filter { $0 == own } + lines.filter { $0 != own }, news.words)
        // A trial is to find out.
        guard isBrought || news.kind != .trial else { throw Failure(.unreachable, "nobody is there to bring it to") }
        return isBrought ? .somebody : .whoeverLooks
    }

    private static func line(of news: AlertNews) -> LineID? {
        Vital.Place(news.topic).flatMap { $0.kind == .line ? LineID($0.name) : nil }
    }

    private func isKnown(_ news: AlertNews) -> Bool {
        guard let line = Self.line(of: news) else { return false }
        switch news.kind {
        case .wrong:
            let isKnown = notices.hasTold(line, since: news.since - Self.notice)
            // Whom we tell of it ourselves we tell of its end as well.
            known.withLock { known in
                if isKnown { known.insert(news.topic) } else { known.remove(news.topic) }
            }
            return isKnown
        case .over: return known.withLock { $0.remove(news.topic) } != nil
        case .trial: return false
        }
    }
}
