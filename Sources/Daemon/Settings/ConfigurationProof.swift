import Foundation
import Settings
import Store

/// A configuration that holds: its text, and what was read from it.
public struct ProvenConfiguration: Sendable {
    public let text: String
    public let settings: DaemonSettings

    /// Reads the whole text and has every kind read its section, as a start does; nothing is opened and nothing asked. Throws `SettingsError`.
    public init(_ text: String) throws(SettingsError) {
        let settings = try DaemonSettings(yaml: text)
        do {
            // Somewhere else: what is only tried leaves nothing in the state directory.
            let place = FileManager.default.temporaryDirectory.appending(path: "homeline-proof-\(UUID().uuidString)").path(percentEncoded: false)
            defer { try? FileManager.default.removeItem(atPath: place) }
            let state = StateDirectory(place)
            _ = try Assembly(settings, ledger: MemoryLedger(), state: state)
            _ = try API.listenerSettings(settings.http, state: state)
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError(line: 0, path: "", reason: "\(error)")
        }
        self.text = text
        self.settings = settings
    }
}
