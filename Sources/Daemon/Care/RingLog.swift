import Console
import Logging

/// Passes log lines on, and keeps those that are for owners in a ring. What is finer than `info` may speak of messages, and is not kept.
struct RingLog: LogHandler {
    private var inner: any LogHandler
    private let ring: LogRing
    private let label: String

    init(_ inner: any LogHandler, ring: LogRing, label: String) {
        self.inner = inner
        self.ring = ring
        self.label = label
    }

    var logLevel: Logger.Level {
        get { inner.logLevel }
        set { inner.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { inner.metadata }
        set { inner.metadata = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { inner[metadataKey: key] }
        set { inner[metadataKey: key] = newValue }
    }

    func log(event: LogEvent) {
        inner.log(event: event)
        guard let level = LogLine.Level(event.level) else { return }
        let details = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        ring.add(level, label: label, event.message.description, details: details, at: SystemClock().now())
    }
}

extension LogLine.Level {
    init?(_ level: Logger.Level) {
        switch level {
        case .trace, .debug: return nil
        case .info: self = .info
        case .notice: self = .notice
        case .warning: self = .warning
        case .error, .critical: self = .error
        }
    }
}
