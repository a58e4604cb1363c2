import Archive
import Crypto
import Store
import Telephony

/// Looks at everything in a backup while it is unpacked, or only read: what it says of itself, and each file of a message against its name.
struct BackupCheck {
    private(set) var about: BackupAbout?
    private(set) var files = 0
    private(set) var faults: [String] = []
    private(set) var end: BackupEnd?
    private(set) var hasLedger = false

    private var entry: TarEntry?
    private var small: [UInt8] = []
    private var hash = SHA256()
    /// The first half of each digest that was met: enough to tell files apart.
    private var met: Set<UInt128> = []

    /// Throws where it is no backup of ours.
    mutating func take(_ event: TarReading.Event) throws(BackupError) {
        switch event {
        case .begun(let entry):
            guard about != nil || entry.name == BackupAbout.name else { throw .damaged("it is an archive of something else.") }
            guard entry.size <= limit(of: entry.name) else { throw .damaged("\(entry.name) is larger than it can be.") }
            self.entry = entry
            small = []
            hash = SHA256()
        case .octets(let octets):
            if entry?.name == BackupAbout.name || entry?.name == BackupEnd.name { small += octets }
            if digest != nil { hash.update(data: octets) }
        case .ended:
            try ended()
            entry = nil
        }
    }

    private func limit(of name: String) -> Int {
        switch name {
        case BackupAbout.name: BackupAbout.limit
        case BackupEnd.name: BackupEnd.limit
        default: .max
        }
    }

    /// Of a file of a message, by its name.
    private var digest: String? {
        guard let name = entry?.name, name.hasPrefix(BackupContents.media) else { return nil }
        return name.dropFirst(BackupContents.media.count).filter { $0 != "/" }
    }

    private mutating func ended() throws(BackupError) {
        if let digest {
            files += 1
            let found = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            if found != digest { faults.append("The file \(digest) is not what was written.") }
            if let half = Self.half(of: digest) { met.insert(half) }
        } else if entry?.name == BackupAbout.name {
            about = try BackupAbout(small)
        } else if entry?.name == BackupEnd.name {
            end = try BackupEnd(small)
        } else if entry?.name == BackupContents.ledger {
            hasLedger = true
        }
    }

    private static func half(of digest: String) -> UInt128? { UInt128(digest.prefix(32), radix: 16) }

    /// Called at the end. Throws where something is missing without which there is no restoring; other faults are told.
    mutating func finish(with ledger: LedgerCopy) throws(BackupError) {
        guard hasLedger, let end else { throw .damaged("it is not whole.") }
        let told = Set(end.missing.compactMap(Self.half))
        do {
            try ledger.eachMedia { media in
                guard let half = Self.half(of: media.digest), !met.contains(half) else { return }
                faults.append(told.contains(half) ? "The file \(media.digest) was missing when the backup was made." : "The file \(media.digest) is not in it.")
            }
        } catch {
            throw .damaged("\(error)")
        }
    }
}
