import Console
import Exchange
import Settings
import Synchronization

/// What becomes of the running daemon when its services end: nothing more, or another beginning.
final class DaemonLife: Installation {
    private struct State {
        var running: ProvenConfiguration
        var next: Next?
        var isUp = false
        var refusal: String?
    }

    enum Next: Sendable {
        case end
        case beginning(ProvenConfiguration)
        /// With another house in the place of this one.
        case moving(RestoredState)
    }

    let file: ConfigurationFile
    /// From the first beginning on.
    let program: Program = {
        let begun = ContinuousClock.now
        return Program(version: Version.text) { ContinuousClock.now - begun }
    }()
    private let state: Mutex<State>
    private let decided = WakeSignal()

    init(_ file: ConfigurationFile, running: ProvenConfiguration) {
        self.file = file
        state = Mutex(State(running: running))
    }

    // MARK: - For those who run it

    var running: ProvenConfiguration { state.withLock { $0.running } }
    var next: Next? { state.withLock { $0.next } }
    /// Whether everybody who connects is served.
    var isUp: Bool { state.withLock { $0.isUp } }

    /// Another beginning; `refusal` says why it is one with the configuration before.
    func begin(_ configuration: ProvenConfiguration, refusal: String?) {
        state.withLock { state in
            // Who told it to end is not overheard between two beginnings.
            if case .end? = state.next {} else { state.next = nil }
            state.running = configuration
            state.isUp = false
            state.refusal = refusal
        }
    }

    /// Another beginning with the configuration of before, since the one that runs could not begin; it is put back in the file, and the other beside
    /// it. Returns why the file could not be written: what is begun with is that of before all the same.
    func takeBack(to earlier: ProvenConfiguration, because reason: String) -> SettingsError? {
        let refused = running
        begin(earlier, refusal: reason)
        do {
            try ConfigurationFile(file.path + ".refused").write(refused.text)
            try file.write(earlier.text)
            return nil
        } catch {
            return error
        }
    }

    func cameUp() { state.withLock { $0.isUp = true } }

    /// Has the services end, and the daemon with them.
    func end() {
        state.withLock { $0.next = .end }
        decided.ring()
    }

    /// Has the services end, and the daemon begin anew with a house that was restored beside its own.
    func move(_ restored: RestoredState) {
        state.withLock { if $0.next == nil { $0.next = .moving(restored) } }
        decided.ring()
    }

    /// Ends when the services are to end: the first of them to do so.
    var service: any Service { DecisionWait(life: self, decided: decided) }

    // MARK: - Installation

    func configuration() throws(SettingsError) -> Node { try YAMLDocument.parse(try file.text()) }

    func change(_ changes: [ConfigurationChange]) throws(SettingsError) { try file.change(changes) }

    func keepSecret(_ secret: String, as name: String) throws(SettingsError) -> String {
        do {
            let place = StateDirectory(running.settings.stateDirectory + "/secrets")
            try place.create()
            let file = ConfigurationFile("\(place.path)/\(name)")
            try file.write(secret + "\n")
            return file.path
        } catch let error as SettingsError {
            throw error
        } catch {
            throw SettingsError(line: 0, path: "", reason: "\(error)")
        }
    }

    func beginAnew() throws(SettingsError) {
        let configuration = try file.read()
        state.withLock { if $0.next == nil { $0.next = .beginning(configuration) } }
        decided.ring()
    }

    var isChanged: Bool {
        guard let text = try? file.text() else { return false }
        return text != running.text
    }

    var lastRefusal: String? { state.withLock { $0.refusal } }
}

private struct DecisionWait: Service {
    let life: DaemonLife
    let decided: WakeSignal

    func run() async throws {
        while life.next == nil, !Task.isCancelled { await decided.wait() }
    }
}
