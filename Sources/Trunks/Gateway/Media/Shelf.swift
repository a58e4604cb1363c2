import Crypto
import Foundation
import HTTPStack

/// Small files in a directory of the line's own. What `keep` said yes to is there after a power cut.
actor Shelf {
    private let directory: String
    /// A file of what a gateway may tell of one message.
    private static let sizeLimit = 4 * 1024 * 1024

    init(directory: String) { self.directory = directory }

    /// One name is one file: the same again changes nothing.
    func keep(_ octets: [UInt8], as name: String) -> Bool {
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { return false }
        let path = "\(directory)/\(lowercaseHex(SHA256.hash(data: Array(name.utf8)).prefix(16)))"
        if access(path, F_OK) == 0 { return true }
        let draft = path + ".new"
        guard Self.write(octets, to: draft), rename(draft, path) == 0 else { return false }
        return Self.settle(directory)
    }

    /// The oldest first.
    func names() -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return found.filter { !$0.contains(".") }.map { (name: $0, time: changed($0)) }.sorted { $0.time < $1.time }.map(\.name)
    }

    func read(_ name: String) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: "\(directory)/\(name)") else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: Self.sizeLimit)).flatMap { $0 }.map { Array($0) }
    }

    func remove(_ name: String) {
        unlink("\(directory)/\(name)")
        _ = Self.settle(directory)
    }

    private func changed(_ name: String) -> Int {
        var status = stat()
        guard stat("\(directory)/\(name)", &status) == 0 else { return 0 }
        return status.st_mtim.tv_sec * 1_000_000 + status.st_mtim.tv_nsec / 1000
    }

    private static func write(_ octets: [UInt8], to path: String) -> Bool {
        let descriptor = open(path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var rest = octets[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0
    }

    /// A file's name is durable when its directory is.
    private static func settle(_ directory: String) -> Bool {
        let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }
}
