import Console
import Settings
import Synchronization

/// A configuration without a file, for pages that change it.
final class MemoryInstallation: Installation {
    private struct State {
        var node: Node = ["country": "CH"]
        var begun: Node = ["country": "CH"]
        var beginnings = 0
        var secrets: [String: String] = [:]
        var refusal: SettingsError?
    }

    private let state = Mutex(State())

    /// How often the daemon was to begin anew.
    var beginnings: Int { state.withLock { $0.beginnings } }

    /// Has every change and beginning refused.
    func refuse(_ error: SettingsError?) { state.withLock { $0.refusal = error } }

    func configuration() throws(SettingsError) -> Node { state.withLock { $0.node } }

    func change(_ changes: [ConfigurationChange]) throws(SettingsError) {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        state.withLock { state in for change in changes { state.node = state.node.applying(change) } }
    }

    func keepSecret(_ secret: String, as name: String) throws(SettingsError) -> String {
        state.withLock { $0.secrets[name] = secret }
        return "/secrets/\(name)"
    }

    var secrets: [String: String] { state.withLock { $0.secrets } }

    func beginAnew() throws(SettingsError) {
        if let refusal = state.withLock({ $0.refusal }) { throw refusal }
        state.withLock { state in
            state.beginnings += 1
            state.begun = state.node
        }
    }

    var isChanged: Bool { state.withLock { $0.node.meaning != $0.begun.meaning } }
    var lastRefusal: String? { nil }
}
