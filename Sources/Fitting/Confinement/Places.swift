/// So many decoders run at a time; the others wait in the order in which they came.
actor Places {
    private var free: Int
    private var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    private var lastNumber = 0

    init(_ count: Int) { free = max(1, count) }

    /// Runs the body when there is a place; nil when the task was cancelled before.
    func hold<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value? {
        guard await take() else { return nil }
        let value = await body()
        release()
        return value
    }

    private func take() async -> Bool {
        if Task.isCancelled { return false }
        if free > 0 {
            free -= 1
            return true
        }
        lastNumber += 1
        let number = lastNumber
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A cancellation before this point found nobody waiting.
                if Task.isCancelled { continuation.resume(returning: false) } else { waiting.append((number, continuation)) }
            }
        } onCancel: {
            Task { await self.leave(number) }
        }
    }

    private func leave(_ number: Int) {
        guard let index = waiting.firstIndex(where: { $0.number == number }) else { return }
        waiting.remove(at: index).continuation.resume(returning: false)
    }

    private func release() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().continuation.resume(returning: true) }
    }
}
