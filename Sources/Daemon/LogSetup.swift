import Console
import Logging
import Synchronization

/// Where log lines go: standard error, which the service manager keeps, and the ring that the Console shows.
enum LogSetup {
    private static let level = Mutex(Logger.Level.info)

    /// What owners see of it, over every beginning.
    static let ring = LogRing()

    /// The logging system takes its backend once in a process; how much is logged may change at every beginning.
    private static let backend: Void = LoggingSystem.bootstrap { label in
        var handler = HarmlessLog(RingLog(StreamLogHandler.standardError(label: label), ring: ring, label: label))
        handler.logLevel = level.withLock { $0 }
        return handler
    }

    static func bootstrap(_ settings: LogSettings) {
        level.withLock { $0 = Logger.Level(rawValue: settings.level) ?? .info }
        backend
    }
}

extension Logger {
    /// For libraries whose ordinary notes are no news to an owner.
    var quiet: Logger {
        var logger = self
        logger.logLevel = .warning
        return logger
    }
}
