import Foundation
import Glibc
import Store
import WireGuard

/// The directory that holds all that outlives the process: private, and held by one daemon at a time.
public struct StateDirectory: Sendable {
    public let path: String

    public var ledger: String { path + "/ledger.sqlite" }
    /// Pictures and other files of messages.
    public var media: String { path + "/media" }
    /// The command line talks to the running daemon over this socket.
    public var socket: String { path + "/control.sock" }

    /// The tunnel for phones, with its keys.
    public var tunnelStore: TunnelStore { TunnelStore(directory: path + "/wireguard") }

    public init(_ path: String) {
        self.path = path
    }

    /// Makes the directory where it is missing, with its parents, readable by its owner alone.
    public func create() throws(StateError) {
        var partial = ""
        for name in path.split(separator: "/", omittingEmptySubsequences: true) {
            partial += path.hasPrefix("/") || !partial.isEmpty ? "/\(name)" : "\(name)"
            if mkdir(partial, 0o700) == 0 {
                Ownership.inherit(folder: partial)
                // What is made durable in it is there after a power cut only where its own name is.
                BackupFile.sync(folderOf: partial)
            } else if errno != EEXIST {
                throw StateError("The state directory \(path) cannot be made: \(String(cString: strerror(errno)))")
            }
        }
        guard access(path, W_OK) == 0 else {
            throw StateError("The state directory \(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    /// A place of its own for a line or an endpoint; made when missing.
    public func place(_ kind: String, _ name: String) throws(StateError) -> String {
        let place = StateDirectory("\(path)/\(kind)/\(name)")
        try place.create()
        return place.path
    }

    /// Takes the directory for this process; fails when another one has it. The lock ends with the process, however it ends.
    public func lock() throws(StateError) -> Lock {
        let descriptor = open(path + "/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StateError("The state directory \(path) cannot be locked: \(String(cString: strerror(errno)))") }
        Ownership.inherit(descriptor, from: path)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw StateError("Another homeline runs on \(path)")
        }
        return Lock(descriptor: descriptor)
    }

    /// Whether a daemon has it now. Looked up and not tried (proc_locks(5)): who tries the lock has it for a moment, in which a daemon could not begin.
    public var isHeld: Bool {
        var status = stat()
        guard stat(path + "/lock", &status) == 0, let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else { return false }
        return locks.split(separator: "\n").contains { $0.contains(" FLOCK ") && $0.contains(":\(status.st_ino) ") }
    }

    /// Whether a daemon listens on its socket.
    public var isListening: Bool { LocalSocket.whileConnected(to: socket) { _ in } != nil }

    /// Held as long as the value lives.
    public final class Lock: Sendable {
        private let descriptor: Int32

        init(descriptor: Int32) { self.descriptor = descriptor }
        deinit {
            // Told, not only closed: a child that was just forked has the descriptor too, until it runs its own program.
            flock(descriptor, LOCK_UN)
            close(descriptor)
        }
    }
}

public struct StateError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
