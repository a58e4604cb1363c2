import Exchange
import Telephony

/// What a look at every file found.
public struct MediaAudit: Hashable, Sendable {
    /// What is wrong, a sentence each.
    public let faults: [String]
    /// Files that are what their names say.
    public let files: Int
}

extension FileMediaStore {
    /// Reads every file, beside a running daemon too, and puts the damaged ones aside.
    public func audit() async throws(MediaError) -> MediaAudit {
        let digests = try await queue.run { () throws(MediaError) in self.folder.digests() }
        var faults = try await queue.run { () throws(MediaError) in MediaFolder.names(in: self.folder.damaged).map(Self.fault(of:)) }
        var files = 0
        for digest in digests {
            let isWhole = try await queue.run { () throws(MediaError) in self.check(digest) }
            switch isWhole {
            case true?: files += 1
            case false?: faults.append(Self.fault(of: digest))
            case nil: break
            }
        }
        return MediaAudit(faults: faults.sorted(), files: files)
    }

    /// Nil where it was swept meanwhile.
    private func check(_ digest: String) -> Bool? {
        if isWhole(digest) { return true }
        guard MediaFolder.status(of: folder.path(of: digest)) != nil else { return nil }
        _ = putAside(digest)
        return false
    }

    private static func fault(of digest: String) -> String { "The file \(digest) is not what was written." }
}
