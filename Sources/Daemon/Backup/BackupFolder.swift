import Foundation
import Telephony

/// The backups of a folder, by the times in their names.
struct BackupFolder: Sendable {
    let path: String

    private static let beginning = "homeline-"
    static let ending = ".tar.age"

    /// `homeline-20261121T120000Z.tar.age`
    static func name(at instant: Instant) -> String { beginning + CivilDate(instant).rfc3339.filter { $0 != ":" && $0 != "-" } + ending }

    /// The names of backups, the oldest first.
    func names() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter(Self.isOurs).sorted()
    }

    static func isOurs(_ name: String) -> Bool {
        guard name.hasPrefix(beginning), name.hasSuffix(ending) else { return false }
        let time = Array(name.dropFirst(beginning.count).dropLast(ending.count).utf8)
        return time.count == 16 && time.enumerated().allSatisfy { index, octet in
            switch index {
            case 8: octet == UInt8(ascii: "T")
            case 15: octet == UInt8(ascii: "Z")
            default: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
            }
        }
    }

    /// Deletes the oldest, so that `count` are left. One that is dated after the newest goes first: a clock was wrong, then or now, and the one that
    /// was just made stays in any case.
    func keep(_ count: Int, newest: String) {
        let others = names().filter { $0 != newest }
        for name in (others.filter { $0 > newest } + others.filter { $0 < newest }).dropLast(count - 1) { remove(name) }
    }

    /// Deletes what was not finished because the machine or the daemon ended. For who knows that none is being made now.
    func clear() {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names where name.hasSuffix(BackupFile.unfinished) && Self.isOurs(String(name.dropLast(BackupFile.unfinished.count))) { remove(name) }
    }

    private func remove(_ name: String) { try? FileManager.default.removeItem(atPath: "\(path)/\(name)") }
}
