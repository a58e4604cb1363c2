import Exchange
import Telephony

/// Octets on their way into memory.
actor MemoryMediaIntake: MediaIntake {
    private let store: MemoryMediaStore
    private let limit: Int
    private var octets: [UInt8] = []
    private var isOver = false

    init(_ store: MemoryMediaStore, limit: Int) {
        self.store = store
        self.limit = limit
    }

    deinit {
        if !isOver { store.coming.add(-octets.count) }
    }

    func write(_ piece: [UInt8]) async throws(MediaError) {
        guard !isOver else { throw .failed("it was ended before") }
        guard piece.count <= limit - octets.count else {
            await discard()
            throw .tooLarge(limit)
        }
        do throws(MediaError) {
            try await store.reserve(piece.count)
        } catch {
            await discard()
            throw error
        }
        octets += piece
    }

    func keep() async throws(MediaError) -> Media {
        guard !isOver else { throw .failed("it was ended before") }
        isOver = true
        return try await store.settle(octets)
    }

    func discard() async {
        guard !isOver else { return }
        isOver = true
        store.coming.add(-octets.count)
        octets = []
    }
}
