import Synchronization
import Telephony

/// Who is sending us files now. What they write meanwhile is likely to go with them.
final class UploadWatch: Sendable {
    /// Of one person at a time; an app sends one after the other.
    static let limit = 8

    private let open = Mutex<[PersonID: Int]>([:])

    func isUploading(_ person: PersonID) -> Bool { open.withLock { $0[person] != nil } }

    /// False when the person has too many under way; else `ended` is to follow.
    func begin(_ person: PersonID) -> Bool {
        open.withLock { open in
            guard open[person, default: 0] < Self.limit else { return false }
            open[person, default: 0] += 1
            return true
        }
    }

    func ended(_ person: PersonID) {
        open.withLock { open in
            let left = open[person, default: 1] - 1
            open[person] = left > 0 ? left : nil
        }
    }
}
