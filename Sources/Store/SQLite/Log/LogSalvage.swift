import Foundation

/// The newest whole state that a damaged log and the database file make together.
///
/// What stands before the damage is not always such a state: a checkpoint may have brought pages into the file that were written later, and
/// the older ones in the log would be laid over some of them. Then the state begins behind the damage, where the file holds the rest.
struct LogSalvage {
    /// These are laid over the database file; they end with a transaction.
    let frames: Range<Int>
    private let log: LogFrames

    /// Nil where no end of a transaction makes a whole state, as when the file's own pages are of different times.
    init?(_ log: LogFrames) {
        let ends = [0] + log.frames.indices.filter { log.frames[$0].isCommit && log.frames[$0].proof != nil }.map { $0 + 1 }
        let places = Dictionary(grouping: log.frames.indices) { log.frames[$0].page }
        for end in ends.reversed() {
            let gap = log.frames[..<end].lastIndex { $0.proof == nil }
            guard let start = gap.map({ gap in ends.first { $0 > gap } }) ?? 0 else { continue }
            guard places.values.allSatisfy({ LogSalvage.isRight($0, log.frames, start..<end) }) else { continue }
            (self.log, frames) = (log, start..<end)
            return
        }
        return nil
    }

    /// Whether a page, which stands at these places, is as it was at the end of the range once the range is laid over the file.
    private static func isRight(_ places: [Int], _ frames: [LogFrames.Frame], _ range: Range<Int>) -> Bool {
        guard let latest = places.last(where: { $0 < range.upperBound }) else { return !places.contains { frames[$0].isInDatabase } }
        return latest >= range.lowerBound || frames[latest].isInDatabase
    }

    /// Puts a log of these frames in the place of the damaged one, which is lost by that. Nothing happens while somebody has the database open:
    /// who has does not read a log from its beginning.
    static func mend(_ path: String) throws -> Outcome {
        guard let alone = LoneOpener(path) else { return .inUse }
        defer { withExtendedLifetime(alone) {} }
        guard let file = LogReader("\(path)-wal"), let database = LogReader(path), let log = LogFrames(log: file, database: database),
              let salvage = LogSalvage(log) else { return .unclear }
        let new = "\(path)-wal.mended"
        try salvage.octets(file, database).write(to: URL(filePath: new))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: new)
        try FileSync.file(new)
        guard rename(new, "\(path)-wal") == 0 else { throw CocoaError(.fileWriteUnknown) }
        try FileSync.directory(of: path)
        return .whole
    }

    enum Outcome {
        /// The ledger is at the end of a transaction.
        case whole
        /// Whether what stands before the damage is a whole state cannot be told from the files.
        case unclear
        case inUse
    }

    private func octets(_ file: LogReader, _ database: LogReader) -> Data {
        var sum = LogSum()
        var octets = log.header.renewed(&sum)
        let salts = octets[16..<24]
        for number in frames {
            guard let frame = file.octets(log.header.frameSize, from: log.header.place(of: number)) else { break }
            var page = frame[FrameHeader.size...]
            if log.frames[number].proof == .database {
                page = database.octets(log.header.pageSize, from: (Int(log.frames[number].page) - 1) * log.header.pageSize)?[...] ?? page
            }
            sum.add(frame[..<8])
            sum.add(page)
            octets += frame[..<8] + salts + sum.octets + page
        }
        return Data(octets)
    }
}
