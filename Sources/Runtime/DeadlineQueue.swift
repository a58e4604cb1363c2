/// Deadlines in order of time, earliest first (a binary heap).
struct DeadlineQueue<Key: Sendable>: Sendable {
    struct Entry: Sendable {
        var deadline: ContinuousClock.Instant
        /// Breaks ties, so that timers due at the same instant fire in the order in which they were armed.
        var order: UInt64
        var key: Key
    }

    private var heap: [Entry] = []
    private var nextOrder: UInt64 = 0

    var count: Int { heap.count }
    var first: Entry? { heap.first }

    /// Adds a deadline; the number returned tells this entry from every other one.
    @discardableResult
    mutating func insert(_ key: Key, at deadline: ContinuousClock.Instant) -> UInt64 {
        nextOrder &+= 1
        heap.append(Entry(deadline: deadline, order: nextOrder, key: key))
        siftUp(from: heap.count - 1)
        return nextOrder
    }

    mutating func removeFirst() -> Entry? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty {
            heap[0] = last
            siftDown(from: 0)
        }
        return first
    }

    mutating func removeAll(where isStale: (Entry) -> Bool) {
        heap.removeAll(where: isStale)
        for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) {
            siftDown(from: index)
        }
    }

    private func isEarlier(_ left: Int, _ right: Int) -> Bool {
        (heap[left].deadline, heap[left].order) < (heap[right].deadline, heap[right].order)
    }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard isEarlier(child, parent) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && isEarlier(child, smallest) {
                smallest = child
            }
            guard smallest != parent else { return }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
