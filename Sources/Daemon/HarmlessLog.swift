import Logging
import Telephony

/// Passes log lines on with every text in them made harmless: what a stranger sent cannot forge a line nor command the terminal of
/// whoever reads it.
struct HarmlessLog: LogHandler {
    private var inner: any LogHandler

    init(_ inner: any LogHandler) { self.inner = inner }

    var logLevel: Logger.Level {
        get { inner.logLevel }
        set { inner.logLevel = newValue }
    }

    var metadata: Logger.Metadata {
        get { inner.metadata }
        set { inner.metadata = Self.harmless(newValue) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { inner[metadataKey: key] }
        set { inner[metadataKey: key] = newValue.map(Self.harmless) }
    }

    func log(event: LogEvent) {
        var event = event
        event.message = "\(event.message.description.harmlessLine)"
        event.metadata = event.metadata.map(Self.harmless)
        inner.log(event: event)
    }

    private static func harmless(_ metadata: Logger.Metadata) -> Logger.Metadata {
        Logger.Metadata(metadata.map { ($0.key.harmlessLine, harmless($0.value)) }) { first, _ in first }
    }

    private static func harmless(_ value: Logger.Metadata.Value) -> Logger.Metadata.Value {
        switch value {
        case .string(let text): .string(text.harmlessLine)
        case .stringConvertible(let convertible): .string(convertible.description.harmlessLine)
        case .array(let values): .array(values.map(harmless))
        case .dictionary(let metadata): .dictionary(harmless(metadata))
        }
    }
}
