import Logging

/// Where log lines go: standard error, which the service manager keeps.
enum LogSetup {
    static func bootstrap(_ settings: LogSettings) {
        let level = Logger.Level(rawValue: settings.level) ?? .info
        LoggingSystem.bootstrap { label in
            var handler = HarmlessLog(StreamLogHandler.standardError(label: label))
            handler.logLevel = level
            return handler
        }
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
