import Logging
import Synchronization
import Testing

@testable import Daemon

@Suite struct HarmlessLogTests {
    /// Keeps what it is given.
    private final class Lines: Sendable {
        let texts = Mutex<[String]>([])
    }

    private struct Keeper: LogHandler {
        let lines: Lines
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            lines.texts.withLock { $0.append(([event.message.description] + all.map { "\($0)=\($1)" }.sorted()).joined(separator: " ")) }
        }
    }

    @Test func `nothing in a log line ends it or commands a terminal`() {
        let lines = Lines()
        var logger = Logger(label: "test") { _ in HarmlessLog(Keeper(lines: lines)) }
        logger[metadataKey: "always"] = "a\u{9B}31m"
        logger.error(
            "refused\n2026 info homeline: ready",
            metadata: ["agent": "\u{1B}]0;owned\u{07}", "list": ["\r", .dictionary(["k\n": .stringConvertible("\u{202E}")])]])
        let written = lines.texts.withLock { $0.joined() }
        #expect(written.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E })
        for shown in [#"refused\n2026 info homeline: ready"#, #"agent=\u{1B}]0;owned\u{7}"#, #"always=a\u{9B}31m"#] {
            #expect(written.contains(shown), "\(written)")
        }
    }
}
