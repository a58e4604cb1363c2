import Crypto
import Exchange
import Foundation
import Telephony

/// A file that is being written; it has its name when it is whole and durable.
struct MediaDraft {
    private let descriptor: Int32
    private let path: String
    private var digest = SHA256()
    private(set) var count = 0

    init(at path: String) throws(MediaError) {
        descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw MediaError(errno, "a file cannot be made") }
        // Held until it has its name: so it is known from one that a dead process left behind.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw .failed("a file cannot be held")
        }
        Ownership.inherit(descriptor, fromFolderOf: path)
        self.path = path
    }

    mutating func append(_ octets: [UInt8]) throws(MediaError) {
        var done = 0
        while done < octets.count {
            let written = octets.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw MediaError(written < 0 ? errno : ENOSPC, "a file cannot be written") }
            done += written
        }
        digest.update(data: octets)
        count += octets.count
    }

    /// Makes the octets durable and gives the file its name.
    func keep(in folder: MediaFolder, named: (String) -> Void) throws(MediaError) -> (media: Media, isNew: Bool) {
        let name = digest.finalize().lowercaseHex
        guard let media = Media(digest: name, size: count) else { throw .failed("the digest is none") }
        try folder.sync(descriptor)
        try folder.makeShard(of: name)
        named(name)
        let isNew = try folder.name(path, name)
        return (media, isNew)
    }

    func end() {
        close(descriptor)
        // Where it has its name there is nothing under this one.
        unlink(path)
    }
}

extension Sequence<UInt8> {
    var lowercaseHex: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
