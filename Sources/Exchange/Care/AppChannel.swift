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
        guard works, !broken.contains(Vital.Place(.ledger)), !lines.isEmpty else { throw Failure(.unreachable, "no endpoint for apps works") }
        if isKnown(news) { return }
        // Of a line those who have it are told before others.
        let own = Self.line(of: news)
        let isBrought = try await notices.alert(lines.filter { $0 == own } + lines.filter { $0 != own }, news.words)
        // An alert stays where the pages show it, and is not told again and again; a trial is to find out.
        guard isBrought || news.kind != .trial else { throw Failure(.unreachable, "nobody is there to bring it to") }
    }

    private static func line(of news: AlertNews) -> LineID? {
        Vital.Place(news.topic).flatMap { $0.kind == .line ? LineID($0.name) : nil }
    }

    private func isKnown(_ news: AlertNews) -> Bool {
        guard let line = Self.line(of: news) else { return false }
        switch news.kind {
        case .wrong:
            guard notices.hasTold(line, since: news.since - Self.notice) else { return false }
            known.withLock { _ = $0.insert(news.topic) }
            return true
        case .over: return known.withLock { $0.remove(news.topic) } != nil
        case .trial: return false
        }
    }
}
