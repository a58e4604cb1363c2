import Crypto
import Glibc

/// A key of 256 bits in a file that its owner alone reads: made once and kept, so that what is under it outlives a restart.
public struct KeyFile: Sendable {
    private static let size = 32

    private let path: String

    public init(_ path: String) { self.path = path }

    /// What is there; nil where there is nothing. Throws where something is there and cannot be read as a key.
    public func kept() throws(KeyFileError) -> SymmetricKey? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw KeyFileError("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: Self.size + 1)
        guard read(descriptor, &octets, Self.size + 1) == Self.size else { throw KeyFileError("\(path) holds no key of 256 bits") }
        return SymmetricKey(data: octets.prefix(Self.size))
    }

    /// Puts a key in the place of whatever is there, and returns when it is durable.
    public func keep(_ key: SymmetricKey) throws(KeyFileError) {
        guard DurableFile.put(key.withUnsafeBytes { Array($0) }, at: path) else {
            throw KeyFileError("\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}

public struct KeyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}
