import Glibc

/// Where the tunnel is kept: a folder of the state directory, its files of mode 0600, replaced in one instant. One who changes it at a time.
public struct TunnelStore: Sendable {
    public let directory: String
    /// Makes durable what a descriptor stands for: `fsync`, but in tests.
    private let syncing: @Sendable (Int32) -> Int32

    public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    public init(directory: String) { self.init(directory: directory) { fsync($0) } }

    init(directory: String, syncing: @escaping @Sendable (Int32) -> Int32) {
        self.directory = directory
        self.syncing = syncing
    }

    /// What wg-quick is given.
    public var configuration: String { "\(directory)/\(Tunnel.interface).conf" }
    private var record: String { directory + "/tunnel.json" }

    /// Nil where there is no tunnel yet. Throws where there is one that cannot be read.
    public func load() throws(Fault) -> Tunnel? {
        let descriptor = open(record, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw fault("read", record)
        }
        defer { close(descriptor) }
        var octets = [UInt8](repeating: 0, count: 1 << 20)
        let count = read(descriptor, &octets, octets.count)
        guard count >= 0 else { throw fault("read", record) }
        guard let tunnel = Tunnel(Array(octets[..<count])) else { throw Fault(description: "\(record) is not what was written") }
        return tunnel
    }

    /// Changes the tunnel while nobody else does. Nothing is kept where the work throws.
    public func change<Value>(_ work: (inout Tunnel?) throws -> Value) throws -> Value {
        try makeDirectory()
        let lock = open(directory + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw fault("written", directory + "/lock") }
        defer { close(lock) }
        giveToOwner(lock)
        guard flock(lock, LOCK_EX) == 0 else { throw fault("locked", directory) }
        var tunnel = try load()
        let value = try work(&tunnel)
        if let tunnel {
            try write(tunnel.octets, to: record)
            try write(Array(tunnel.configuration.utf8), to: configuration)
        }
        return value
    }

    private func makeDirectory() throws(Fault) {
        if mkdir(directory, 0o700) == 0 {
            let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            if descriptor >= 0 {
                giveToOwner(descriptor)
                close(descriptor)
            }
            syncFolder(parent)
        } else if errno != EEXIST {
            throw fault("made", directory)
        }
    }

    private func write(_ octets: [UInt8], to path: String) throws(Fault) {
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault("written", temporary) }
        defer { close(descriptor) }
        giveToOwner(descriptor)
        guard Glibc.write(descriptor, octets, octets.count) == octets.count, syncing(descriptor) == 0, rename(temporary, path) == 0 else { throw fault("written", path) }
        syncFolder(directory)
    }

    /// A name is durable when its folder is. One that cannot be opened changes nothing about what was written.
    private func syncFolder(_ path: String) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = syncing(descriptor)
        close(descriptor)
    }

    private var parent: String { "/" + directory.split(separator: "/").dropLast().joined(separator: "/") }

    /// What root makes from the command line belongs to who owns the state directory, so that the daemon can change it too.
    private func giveToOwner(_ descriptor: Int32) {
        guard geteuid() == 0 else { return }
        var status = stat()
        guard stat(parent, &status) == 0 else { return }
        fchown(descriptor, status.st_uid, status.st_gid)
    }

    private func fault(_ what: String, _ path: String) -> Fault { Fault(description: "\(path) cannot be \(what): \(String(cString: strerror(errno)))") }
}
