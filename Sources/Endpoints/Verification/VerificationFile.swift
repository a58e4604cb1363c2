import Files
import Glibc
import Telephony

/// Where verifications outlive the process: a file of lines, each made durable before anything is said of it.
///
/// Its own file and no table of the ledger: what is in it is forgotten after a day, belongs to this kind alone, and a handful of lines an hour
/// needs no database. Not shared: one actor writes it.
struct VerificationFile {
    /// Why a line could not be made durable.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private let directory: String
    private let path: String
    private var lines = 0

    init(directory: String) {
        self.directory = directory
        path = directory + "/verifications.jsonl"
    }

    /// All that was written and can be read; the number of lines that cannot.
    mutating func read() throws(Failed) -> (records: [Verification], unreadable: Int) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw failed("cannot be read") }
            return ([], 0)
        }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 else { throw failed("cannot be read") }
            if count == 0 { break }
            octets += piece[..<count]
        }
        let found = octets.split(separator: 0x0A)
        lines = found.count
        var latest: [Verification.ID: Verification] = [:]
        var unreadable = 0
        for line in found {
            if let record = Verification(line: line) { latest[record.id] = record } else { unreadable += 1 }
        }
        return (Array(latest.values), unreadable)
    }

    mutating func append(_ record: Verification) throws(Failed) {
        // A line that a dead process left unfinished must not swallow this one: an empty line is none.
        let octets = [0x0A] + record.line
        let isNew = access(path, F_OK) != 0
        let descriptor = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failed("cannot be opened") }
        defer { close(descriptor) }
        guard write(descriptor, octets, octets.count) == octets.count, fsync(descriptor) == 0 else { throw failed("cannot be written") }
        guard !isNew || DurableFile.settle(directory) else { throw failed("cannot be written") }
        lines += 1
    }

    /// Writes the file anew with these alone, when more than half of it is of the past.
    mutating func compact(keeping records: [Verification]) throws(Failed) {
        guard lines > 64, lines > records.count * 2 else { return }
        guard DurableFile.put(records.flatMap(\.line), at: path) else { throw failed("cannot be replaced") }
        lines = records.count
    }

    private func failed(_ what: String) -> Failed { Failed(description: "\(path) \(what): \(String(cString: strerror(errno)))") }
}
