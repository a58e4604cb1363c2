import Glibc
import Synchronization

/// Remembers for as long as the process lives.
public final class VolatilePINMemory: PINMemory {
    private let failed = Mutex<Set<PINAttempt>>([])

    public init() {}

    public func hasFailed(_ attempt: PINAttempt) -> Bool { failed.withLock { $0.contains(attempt) } }
    public func willTry(_ attempt: PINAttempt) -> Bool { failed.withLock { _ = $0.insert(attempt) }; return true }
    public func forget(_ attempt: PINAttempt) { failed.withLock { _ = $0.remove(attempt) } }
}

/// Remembers in a directory: an empty file a refused PIN, named by a salted seal of it. To try one again, its owner deletes the file or
/// changes the configuration.
public struct PINMemoryDirectory: PINMemory {
    private let directory: String

    private static let prefix = "pin-refused-"

    public init(_ directory: String) {
        self.directory = directory
    }

    public func hasFailed(_ attempt: PINAttempt) -> Bool { !files(of: attempt).isEmpty }

    public func willTry(_ attempt: PINAttempt) -> Bool {
        guard let seal = PINSeal(of: attempt) else { return false }
        let descriptor = open("\(directory)/\(Self.prefix)\(seal)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 && syncDirectory()
    }

    public func forget(_ attempt: PINAttempt) {
        for file in files(of: attempt) { unlink("\(directory)/\(file)") }
    }

    private func files(of attempt: PINAttempt) -> [String] {
        names().filter { name in
            name.hasPrefix(Self.prefix) && PINSeal(name.dropFirst(Self.prefix.count))?.fits(attempt) == true
        }
    }

    private func names() -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }

    /// A new name is durable when its directory is.
    private func syncDirectory() -> Bool {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}
