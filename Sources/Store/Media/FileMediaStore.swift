import Crypto
import Exchange
import Foundation
import Synchronization
import Telephony

/// Parts as files, named by the SHA-256 of their octets, in a folder beside the ledger:
///
///     ab/cdef…        originals; the same octets twice are one file
///     incoming/       on their way; cleared at the start
///     damaged/        what is not what its name says; told, never served
///     renditions/     what was made of originals; goes with them
///     work/           for programs that convert
public final class FileMediaStore: MediaStore {
    let folder: MediaFolder
    let tally: MediaTally
    let queue = MediaQueue()
    let young = YoungMedia()
    /// Files found damaged by this process.
    let damage = Mutex<Set<String>>([])

    /// - Parameters:
    ///   - directory: made when missing, in a folder that is there.
    ///   - limit: octets of originals that may be kept.
    ///   - spared: octets of the disk that are left to others; the ledger is one of them.
    public convenience init(directory: String, limit: Int = 10 << 30, spared: Int = 256 << 20) throws(MediaError) {
        self.init(try MediaFolder(directory), limit: limit, spared: spared)
    }

    init(_ folder: MediaFolder, limit: Int, spared: Int) {
        self.folder = folder
        tally = MediaTally(limit: limit, spared: spared, of: folder)
    }

    /// A place for programs that convert, on the same disk.
    public var workDirectory: String { folder.work }

    /// For renditions, `ab/cdef….name`, which a sweep removes when `ab/cdef…` is gone.
    public var renditionsDirectory: String { folder.renditions }

    public func keep(_ octets: [UInt8]) async throws(MediaError) -> Media {
        try await queue.run { () throws(MediaError) in
            let intake = try FileMediaIntake(self, limit: octets.count)
            try intake.append(octets)
            return try intake.finish()
        }
    }

    public func receive(limit: Int) async throws(MediaError) -> any MediaIntake {
        try await queue.run { () throws(MediaError) in try FileMediaIntake(self, limit: max(0, limit)) }
    }

    public func read(_ media: Media, from offset: Int, count: Int) async throws(MediaError) -> [UInt8] {
        try await queue.run { () throws(MediaError) in try self.octets(of: media, from: offset, count: count) }
    }

    public func path(of media: Media) -> String? {
        let path = folder.path(of: media.digest)
        return MediaFolder.status(of: path)?.size == media.size ? path : nil
    }

    public func room() async -> MediaRoom {
        let kept = try? await queue.run { () throws(MediaError) in self.tally.kept }
        return MediaRoom(used: kept ?? 0, limit: tally.limit)
    }

    public func health() async -> Health {
        let room = await room()
        let facts = ["octets": "\(room.used)", "limit": "\(room.limit)"]
        let damaged = damage.withLock { $0.count }
        guard damaged == 0 else { return Health(.impaired, "\(damaged) files are damaged and were put aside; the others are served.", facts: facts) }
        do throws(MediaError) {
            try tally.reserve(1)
            tally.release(1)
            return Health(.working, "Takes files.", facts: facts)
        } catch {
            return Health(.impaired, "Takes no files: \(error). Make room, or raise the limit.", facts: facts)
        }
    }
}
