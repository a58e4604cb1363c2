import Glibc
import Runtime
import Synchronization

/// Remembers for as long as the process lives.
public final class VolatileRefusedSecrets: RefusedSecrets {
    private let failed = Mutex<Set<SecretAttempt>>([])

    public init() {}

    public func hasFailed(_ attempt: SecretAttempt) -> Bool { failed.withLock { $0.contains(attempt) } }
    public func willTry(_ attempt: SecretAttempt) -> Bool { failed.withLock { _ = $0.insert(attempt) }; return true }
    public func forget(_ attempt: SecretAttempt) { failed.withLock { _ = $0.remove(attempt) } }
}

/// Remembers in a directory: an empty file a refused secret, named by a salted seal of it. To try one again, its owner deletes the file or
/// changes the configuration.
public struct RefusedSecretsDirectory: RefusedSecrets {
    private let directory: String

    private static let prefix = "refused-"

    public init(_ directory: String) {
        self.directory = directory
    }

    public func hasFailed(_ attempt: SecretAttempt) -> Bool { !files(of: attempt).isEmpty }

    public func willTry(_ attempt: SecretAttempt) -> Bool {
        guard let seal = SecretSeal(of: attempt) else { return false }
        let descriptor = open("\(directory)/\(Self.prefix)\(seal)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0 && syncDirectory()
    }

    public func forget(_ attempt: SecretAttempt) {
        for file in files(of: attempt) { unlink("\(directory)/\(file)") }
    }

    private func files(of attempt: SecretAttempt) -> [String] {
        DirectoryEntries.all(of: directory).filter { name in
            name.hasPrefix(Self.prefix) && SecretSeal(name.dropFirst(Self.prefix.count))?.fits(attempt) == true
        }
    }

    /// A new name is durable when its directory is.
    private func syncDirectory() -> Bool {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}
