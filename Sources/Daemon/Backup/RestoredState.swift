import Console
import Foundation
import Logging
import Settings
import Telephony

/// A house that was restored beside the state of a daemon, before it is moved in.
struct RestoredState: Sendable {
    /// Where it is.
    let stage: StateDirectory
    /// Where it goes.
    let state: StateDirectory
    let now: @Sendable () -> Instant

    /// What its configuration says on this machine, as it is before it moves in; or why it cannot be used.
    func settings(running life: DaemonLife) -> Result<DaemonSettings, SettingsError> {
        Result { () throws(SettingsError) in
            guard let found = written(as: life.file.path) else { throw SettingsError(line: 0, path: "", reason: "there is no configuration in it") }
            let here = try found.moved(to: state.path, filesIn: stage.path)
            return try ProvenConfiguration(here).settings
        }
    }

    /// Moves it in while nothing runs; what the daemon begins with, and why that is not the house's own configuration, where it is not.
    func moveIn(_ life: DaemonLife) -> (next: ProvenConfiguration, refusal: String?) {
        let log = Logger(label: "homeline")
        do {
            let lock = try state.lock()
            defer { withExtendedLifetime(lock) {} }
            let found = written(as: life.file.path)
            let replaced = try TakingPlace(of: state).take(stage.path, now: now())
            if let replaced { log.info("restored", metadata: ["aside": "\(replaced)"]) }
            guard let found else { throw SettingsError(line: 0, path: "", reason: "there is no configuration in the backup") }
            let text = try found.moved(to: state.path, filesIn: state.path)
            let proven = try ProvenConfiguration(text)
            try life.file.write(text)
            return (proven, nil)
        } catch {
            log.error("the configuration so far is kept: \(error)")
            return (life.running, "\(error)")
        }
    }

    /// The configuration among the files of the backup: that which lay where ours is, or else the first that looks like one.
    private func written(as path: String) -> MovedConfiguration? {
        let folder = stage.path + "/configuration"
        let own = BackupContents.absolute(path)
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }.map { "/" + $0 }.sorted() ?? []
        return ([own] + names).lazy.compactMap { name in
            guard let text = try? ConfigurationFile(folder + name).text() else { return nil }
            return MovedConfiguration(text)
        }.first
    }
}

extension HTTPSettings {
    /// Where pages with these settings are, for a browser that is at pages with the settings so far.
    func door(from before: HTTPSettings) -> RestoredHouse.Door {
        guard let listen, console != .off else { return .none }
        let (here, there) = (before.place, place)
        let isEverywhere = listen.hasPrefix("0.0.0.0:") || listen.hasPrefix("[::]:")
        let isSame = here.port == there.port && (isEverywhere || here.host == there.host) && (certificate == nil) == (before.certificate == nil)
        return isSame ? .same : .other(origin)
    }

    private var place: (host: Substring, port: Substring) {
        guard let listen, let colon = listen.lastIndex(of: ":") else { return ("", "") }
        return (listen[..<colon], listen[listen.index(after: colon)...])
    }
}
