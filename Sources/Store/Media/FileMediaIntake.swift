import Exchange
import Synchronization
import Telephony

/// Octets on their way to a file.
final class FileMediaIntake: MediaIntake {
    private let store: FileMediaStore
    private let limit: Int
    /// Nil when it is over.
    private let draft: Mutex<MediaDraft?>

    init(_ store: FileMediaStore, limit: Int) throws(MediaError) {
        self.store = store
        self.limit = limit
        draft = Mutex(try MediaDraft(at: store.folder.draft()))
    }

    deinit { give(up: draft.withLock { $0.take() }) }

    func write(_ octets: [UInt8]) async throws(MediaError) {
        try await store.queue.run { () throws(MediaError) in try self.append(octets) }
    }

    func keep() async throws(MediaError) -> Media {
        try await store.queue.run { () throws(MediaError) in try self.finish() }
    }

    func discard() async {
        _ = try? await store.queue.run { () throws(MediaError) in self.give(up: self.draft.withLock { $0.take() }) }
    }

    /// A write that fails ends it: half a file is of no use.
    func append(_ octets: [UInt8]) throws(MediaError) {
        let failure: MediaError? = draft.withLock { draft in
            guard let count = draft?.count else { return .failed("it was ended before") }
            guard octets.count <= limit - count else { return .tooLarge(limit) }
            do throws(MediaError) {
                try store.tally.reserve(octets.count)
            } catch {
                return error
            }
            do throws(MediaError) {
                try draft?.append(octets)
            } catch {
                store.tally.release(octets.count)
                return error
            }
            return nil
        }
        guard let failure else { return }
        give(up: draft.withLock { $0.take() })
        throw failure
    }

    func finish() throws(MediaError) -> Media {
        guard let draft = draft.withLock({ $0.take() }) else { throw .failed("it was ended before") }
        do throws(MediaError) {
            let kept = try draft.keep(in: store.folder) { store.young.note($0) }
            draft.end()
            store.tally.settle(draft.count, isNew: kept.isNew)
            return kept.media
        } catch {
            give(up: draft)
            throw error
        }
    }

    private func give(up draft: MediaDraft?) {
        guard let draft else { return }
        draft.end()
        store.tally.release(draft.count)
    }
}
