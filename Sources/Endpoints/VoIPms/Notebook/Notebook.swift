import Files
import Glibc
import HTTPStack
import Logging
import Synchronization

/// The notes of all accounts, a small file each; what `change` returned from is on the disk.
final class Notebook: Sendable {
    private let directory: String
    private let log: Logger
    private let read = Mutex<[String: Notes]>([:])
    private let writing = Mutex<Void>(())

    /// Octets of a file: far more than all that notes may hold.
    private static let limit = 8_000_000

    init(directory: String, log: Logger) {
        self.directory = directory
        self.log = log
    }

    /// None while they cannot be read.
    func notes(of account: String) -> Notes { known(of: account) ?? Notes() }

    func isReadable(of account: String) -> Bool { known(of: account) != nil }

    /// Nil where they cannot be read, which is not remembered.
    private func known(of account: String) -> Notes? {
        read.withLock { read in
            if let known = read[account] { return known }
            guard let notes = Self.kept(at: path(account)) else { return nil }
            read[account] = notes
            return notes
        }
    }

    /// Throws what `edit` throws, and a refusal where the notes cannot be read or kept; then nothing changed. One change at a time.
    func change<Value: Sendable>(of account: String, _ edit: (inout Notes) throws(Refusal) -> Value) throws(Refusal) -> Value {
        try writing.withLock { _ throws(Refusal) in
            guard var draft = known(of: account) else {
                log.warning("what an app left cannot be read, so it is not written over", metadata: ["path": "\(path(account))"])
                throw Refusal(.maintenance)
            }
            let value = try edit(&draft)
            guard DurableFile.put(draft.json.encoded, at: path(account)) else {
                log.warning("what an app left cannot be kept", metadata: ["path": "\(path(account))"])
                throw Refusal(.maintenance)
            }
            read.withLock { $0[account] = draft }
            return value
        }
    }

    /// The names of accounts are those of sections: letters, digits, `-` and `_`.
    private func path(_ account: String) -> String { "\(directory)/\(account).json" }

    /// Empty ones where there is no file yet; nil where there is one that cannot be read.
    private static func kept(at path: String) -> Notes? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return errno == ENOENT ? Notes() : nil }
        defer { close(descriptor) }
        var octets: [UInt8] = [], piece = [UInt8](repeating: 0, count: 65536)
        while octets.count <= limit {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 else { return nil }
            if count == 0 { break }
            octets += piece[..<count]
        }
        return (try? JSON(decoding: octets)).map(Notes.init)
    }
}
