import Console
import Foundation
import Synchronization
import Telephony

/// Restores a backup that a browser brings to a daemon that has nothing yet: unpacked and looked at beside its state while it runs, and moved in
/// between two beginnings.
final class HouseRestoration: Restoration {
    private let state: StateDirectory
    private let life: DaemonLife
    private let now: @Sendable () -> Instant
    private let isBusy = Mutex(false)

    init(state: StateDirectory, life: DaemonLife, now: @escaping @Sendable () -> Instant) {
        self.state = state
        self.life = life
        self.now = now
        // One that waited, was on its way or was being unpacked when the daemon ended is brought again, if it is wanted at all.
        for path in [file, file + BackupFile.unfinished, stage.path] { try? FileManager.default.removeItem(atPath: path) }
    }

    private func begins() -> Bool {
        isBusy.withLock { isBusy in
            defer { isBusy = true }
            return !isBusy
        }
    }

    /// Both names begin as what a restore leaves alone, and what no backup takes.
    private var file: String { state.path + "/restoring-file" }
    private var stage: StateDirectory { StateDirectory(state.path + "/restoring-house") }

    var waiting: Int? { SourceFile(file)?.size }

    func receive(_ octets: Int?) throws(RestoreRefusal) -> any IncomingBackup {
        do {
            // The file, and what is unpacked of it.
            try Room.require(2 * min(octets ?? 0, 1 << 50), in: state.path)
            return IncomingFile(try BackupFile(file), in: state.path)
        } catch {
            throw RestoreRefusal(error)
        }
    }

    func restore(passphrase: String, askedFrom place: String) async throws(RestoreRefusal) -> RestoredHouse {
        guard begins() else { throw .file("It is being restored already.") }
        defer { isBusy.withLock { $0 = false } }
        guard waiting != nil else { throw .noFile }
        try? FileManager.default.removeItem(atPath: stage.path)
        let result: Restore.Result
        do {
            result = try await Restore(from: file, passphrase: passphrase, to: stage, askedFrom: place, now: now).run(.refuse, .besideState)
        } catch {
            try? FileManager.default.removeItem(atPath: stage.path)
            throw RestoreRefusal(error)
        }
        let restored = RestoredState(stage: stage, state: state, now: now)
        let settings = restored.settings(running: life)
        try? FileManager.default.removeItem(atPath: file)
        life.move(restored)
        return RestoredHouse(
            madeAt: result.madeAt, messages: result.messages, files: result.files, inDoubt: result.held.sends, scheduled: result.held.scheduled, faults: result.faults,
            door: (try? settings.get()).map { $0.http.door(from: life.running.settings.http) } ?? .same,
            settingsRefusal: settings.refusal)
    }
}

extension Result where Failure: CustomStringConvertible {
    fileprivate var refusal: String? { if case .failure(let error) = self { error.description } else { nil } }
}

extension RestoreRefusal {
    fileprivate init(_ error: BackupError) {
        switch error {
        case .wrongPassphrase: self = .wrongPassphrase
        case .noRoom: self = .noRoom
        case .damaged, .refused, .failed, .cancelled: self = .file(error.description)
        }
    }
}

/// The octets of a backup, as they come.
private actor IncomingFile: IncomingBackup {
    private let file: BackupFile
    private let folder: String
    private var untold = 0

    /// Octets between two looks at the room that is left.
    private static let stride = 16 << 20

    init(_ file: sending BackupFile, in folder: String) {
        self.file = file
        self.folder = folder
    }

    func take(_ octets: [UInt8]) throws(RestoreRefusal) {
        do {
            untold += octets.count
            if untold >= Self.stride {
                untold = 0
                try Room.require(Self.stride, in: folder)
            }
            try file.write(octets)
        } catch {
            throw RestoreRefusal(error)
        }
    }

    func keep() throws(RestoreRefusal) {
        do { try file.keep() } catch { throw RestoreRefusal(error) }
    }
}
