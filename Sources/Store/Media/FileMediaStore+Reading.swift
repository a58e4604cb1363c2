import Crypto
import Exchange
import Foundation
import Telephony

extension FileMediaStore {
    /// Positioned, so that any number of readers share a file. A file that is read whole is also checked.
    func octets(of media: Media, from offset: Int, count: Int) throws(MediaError) -> [UInt8] {
        let descriptor = try descriptor(of: media)
        defer { close(descriptor) }
        guard offset >= 0, offset < media.size, count > 0 else { return [] }
        let octets = try Self.octets(in: descriptor, from: offset, count: min(count, media.size - offset))
        guard offset == 0, count >= media.size else { return octets }
        guard SHA256.hash(data: octets).lowercaseHex == media.digest else { throw putAside(media.digest) }
        return octets
    }

    private func descriptor(of media: Media) throws(MediaError) -> Int32 {
        let descriptor = open(folder.path(of: media.digest), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else {
            let number = errno
            throw MediaFolder.status(of: folder.damaged(media.digest)) == nil ? MediaError(number, "a file cannot be opened") : .damaged
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == media.size else {
            close(descriptor)
            // Either the file or whoever asks has a wrong size; only the file's own digest can tell which.
            throw isWhole(media.digest) ? .damaged : putAside(media.digest)
        }
        return descriptor
    }

    private static func octets(in descriptor: Int32, from offset: Int, count: Int) throws(MediaError) -> [UInt8] {
        var number: Int32 = 0
        let octets = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let done = pread(descriptor, buffer.baseAddress.map { $0 + filled }, count - filled, off_t(offset + filled))
                if done < 0, errno == EINTR { continue }
                guard done > 0 else {
                    number = done < 0 ? errno : EIO
                    return
                }
                filled += done
            }
        }
        guard number == 0 else { throw MediaError(number, "a file cannot be read") }
        return octets
    }

    /// Whether the file is what its name says, read in pieces; false where it cannot be read.
    func isWhole(_ digest: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: folder.path(of: digest)) else { return false }
        defer { try? file.close() }
        var hash = SHA256()
        do {
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        } catch {
            return false
        }
        return hash.finalize().lowercaseHex == digest
    }

    /// Moves a file out of the way, where it stays for whoever can mend it.
    func putAside(_ digest: String) -> MediaError {
        let path = folder.path(of: digest)
        let size = MediaFolder.status(of: path)?.size
        _ = damage.withLock { $0.insert(digest) }
        if rename(path, folder.damaged(digest)) == 0 { tally.forget(size ?? 0) }
        return .damaged
    }
}
