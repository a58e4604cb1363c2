import Exchange
import Glibc
import Telephony

extension FileMediaStore {
    private static let batch = 500
    private static let age = Duration.seconds(86_400)

    /// What it deletes may be deleted again or found deleted: a sweep that is cut off is made up for by the next.
    public func sweep(
        now: Instant, referenced: @Sendable ([String]) async throws(LedgerError) -> Set<String>
    ) async throws(MediaError) -> Swept {
        young.beginSweep()
        var (files, octets) = (0, 0)
        var old = try await queue.run { () throws(MediaError) in self.unwritten(since: now - Self.age) }[...]
        while !old.isEmpty {
            let batch = Array(old.prefix(Self.batch))
            old = old.dropFirst(Self.batch)
            let named: Set<String>
            do throws(LedgerError) {
                named = try await referenced(batch)
            } catch {
                throw .failed("\(error)")
            }
            let removed = try await queue.run { () throws(MediaError) in self.remove(batch.filter { !named.contains($0) }) }
            files += removed.files
            octets += removed.octets
        }
        try await queue.run { () throws(MediaError) in self.removeOrphans() }
        return Swept(files: files, octets: octets)
    }

    /// Digests of files that nobody wrote since, also of damaged ones.
    private func unwritten(since instant: Instant) -> [String] {
        let damaged = MediaFolder.names(in: folder.damaged)
        return Set(folder.digests() + damaged).sorted().filter { digest in
            [folder.path(of: digest), folder.damaged(digest)].allSatisfy { path in MediaFolder.status(of: path).map { $0.writtenAt < instant } ?? true }
        }
    }

    private func remove(_ digests: [String]) -> Swept {
        var (files, octets) = (0, 0)
        for digest in digests {
            let path = folder.path(of: digest)
            let size = MediaFolder.status(of: path)?.size ?? 0
            if young.remove(path, of: digest) {
                tally.forget(size)
                files += 1
                octets += size
            }
            unlink(folder.damaged(digest))
        }
        return Swept(files: files, octets: octets)
    }

    /// Renditions of what is no longer there.
    private func removeOrphans() {
        for shard in MediaFolder.names(in: folder.renditions) {
            for name in MediaFolder.names(in: "\(folder.renditions)/\(shard)") {
                let digest = shard + name.prefix { $0 != "." }
                if MediaFolder.status(of: folder.path(of: digest)) == nil { unlink("\(folder.renditions)/\(shard)/\(name)") }
            }
        }
    }
}
