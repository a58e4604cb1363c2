import Archive
import Glibc
import Store
import Telephony

/// Writes a backup: an archive (tar) encrypted with a passphrase (age). Holds some 64-KiB pieces and nothing whole.
struct BackupWriting {
    let copy: LedgerCopy
    let contents: BackupContents
    let media: String
    let about: BackupAbout
    /// Octets that will be written, as far as is known before.
    let expected: Int
    let progress: TellProgress

    /// Writes the file whole, or leaves nothing. Takes the calling thread. Returns what could not be read and is left out, a sentence each.
    func write(to path: String, sealing: AgeSealing) throws(BackupError) -> [String] {
        let file = try BackupFile(path)
        var sink = Sink(file: file, sealing: sealing, expected: expected, progress: progress)
        try sink.begin()
        try sink.add(BackupAbout.name, about.octets, modified: about.madeAt.seconds)
        guard try sink.add(BackupContents.ledger, from: copy.path) else { throw .failed("the copy of the ledger is gone") }
        var omissions: [String] = []
        // What went away meanwhile was not to stay.
        for item in contents.items where try !sink.add(item.name, from: item.path) && access(item.path, F_OK) == 0 {
            omissions.append(BackupContents.omission(item.path, "it cannot be read"))
        }
        let missing = try writeMedia(to: &sink)
        try sink.add(BackupEnd.name, BackupEnd(missing: missing).octets, modified: about.madeAt.seconds)
        try sink.end()
        try file.keep()
        return omissions
    }

    /// Returns the digests of those that are not there.
    private func writeMedia(to sink: inout Sink) throws(BackupError) -> [String] {
        var missing: [String] = []
        do {
            try copy.eachMedia { named in
                let name = "\(named.digest.prefix(2))/\(named.digest.dropFirst(2))"
                if try !sink.add(BackupContents.media + name, from: "\(media)/\(name)") { missing.append(named.digest) }
            }
        } catch let error as BackupError {
            throw error
        } catch {
            throw .failed("\(error)")
        }
        return missing
    }
}

/// Where an archive's octets go.
private struct Sink {
    let file: BackupFile
    var sealing: AgeSealing
    let expected: Int
    let progress: TellProgress

    mutating func begin() throws(BackupError) { try file.write(sealing.head) }

    mutating func end() throws(BackupError) {
        try put(TarWriting.end)
        try file.write(sealing.finish())
    }

    mutating func add(_ name: String, _ octets: [UInt8], modified: Int64) throws(BackupError) {
        guard let entry = TarEntry(name: name, size: octets.count, modified: modified) else { return }
        try put(TarWriting.head(of: entry) + octets + TarWriting.tail(of: entry))
    }

    /// False where there is no such file. One that became shorter meanwhile is filled up.
    mutating func add(_ name: String, from path: String) throws(BackupError) -> Bool {
        guard let source = SourceFile(path), let entry = TarEntry(name: name, size: source.size, modified: source.modified) else { return false }
        try put(TarWriting.head(of: entry))
        var left = source.size
        while left > 0 {
            let piece = try source.read().prefix(left)
            guard !piece.isEmpty else { break }
            try put(Array(piece))
            left -= piece.count
        }
        while left > 0 {
            let filling = min(left, SourceFile.piece)
            try put([UInt8](repeating: 0, count: filling))
            left -= filling
        }
        try put(TarWriting.tail(of: entry))
        return true
    }

    private mutating func put(_ octets: [UInt8]) throws(BackupError) {
        try file.write(sealing.seal(octets))
        try progress(BackupProgress(phase: .writing, done: file.octets, total: max(expected, file.octets)))
    }
}
