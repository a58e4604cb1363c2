import Glibc
import Settings

/// The configuration file: read, changed in place, and never left half written.
public struct ConfigurationFile: Hashable, Sendable {
    public let path: String

    public init(_ path: String) { self.path = path }

    public var exists: Bool { access(path, F_OK) == 0 }

    /// What it says now, proven. Throws `SettingsError`.
    public func read() throws(SettingsError) -> ProvenConfiguration { try ProvenConfiguration(try text()) }

    /// Throws `SettingsError` where the file cannot be read.
    public func text() throws(SettingsError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refusal("cannot be read") }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while octets.count < Self.limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { throw refusal("cannot be read") }
            guard count > 0 else { break }
            octets += buffer[..<count]
        }
        guard octets.count < Self.limit, let text = String(validating: octets, as: UTF8.self) else {
            throw SettingsError(line: 0, path: "", reason: "\(path) is no text in UTF-8 of at most a megabyte")
        }
        return text
    }

    /// Makes the changes in the text, proves the result, and only then puts it in the file's place. Throws `SettingsError`, and then nothing has
    /// changed.
    @discardableResult
    public func change(_ changes: [ConfigurationChange]) throws(SettingsError) -> ProvenConfiguration {
        let turn = try Turn(beside: path)
        defer { withExtendedLifetime(turn) {} }
        var text = ConfigurationText(try text())
        let before = text
        for change in changes { try text.apply(change) }
        let proven = try ProvenConfiguration(text.text)
        if text != before { try put(text.text) }
        return proven
    }

    /// Writes the whole text; the file appears or is another in one instant, with the mode and the owner it had, or for its owner alone where it is new.
    public func write(_ text: String) throws(SettingsError) {
        let turn = try Turn(beside: path)
        defer { withExtendedLifetime(turn) {} }
        try put(text)
    }

    private func put(_ text: String) throws(SettingsError) {
        // A link stays one: what it leads to is replaced.
        let target = realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        } ?? path
        var status = stat()
        let isNew = stat(target, &status) != 0
        let fresh = target + ".new"
        unlink(fresh)
        let descriptor = open(fresh, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refusal("cannot be written") }
        var isWritten = Self.write(Array(text.utf8), to: descriptor)
        if !isNew {
            // Not ours to give away where another owns it; then it is ours from now on.
            _ = fchown(descriptor, status.st_uid, status.st_gid)
            isWritten = isWritten && fchmod(descriptor, status.st_mode & 0o777) == 0
        }
        isWritten = isWritten && fsync(descriptor) == 0
        close(descriptor)
        guard isWritten, rename(fresh, target) == 0 else {
            let refusal = refusal("cannot be written")
            unlink(fresh)
            throw refusal
        }
        let directory = open(Self.folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory >= 0 {
            fsync(directory)
            close(directory)
        }
    }

    private static func write(_ octets: [UInt8], to descriptor: Int32) -> Bool {
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static let limit = 1 << 20

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func refusal(_ what: String) -> SettingsError {
        SettingsError(line: 0, path: "", reason: "\(path) \(what): \(String(cString: strerror(errno)))")
    }

    /// One writer at a time, be it a page or a command.
    private final class Turn: Sendable {
        private let descriptor: Int32

        init(beside path: String) throws(SettingsError) {
            let directory = ConfigurationFile.folder(of: path)
            descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
                throw SettingsError(line: 0, path: "", reason: "\(directory) cannot be used: \(String(cString: strerror(errno)))")
            }
        }

        deinit { close(descriptor) }
    }
}

extension ConfigurationFile {
    /// Whether it says anything at a path. Throws `SettingsError` where it cannot be read.
    public func has(_ path: [String]) throws(SettingsError) -> Bool { try YAMLDocument.parse(try text())[path] != nil }
}
