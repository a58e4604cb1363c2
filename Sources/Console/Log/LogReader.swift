import Exchange

/// One reader's place in the log, as server-sent events. A reader that reads nothing holds one piece and misses what the ring forgets meanwhile.
actor LogReader {
    private static let heartbeat: Duration = .seconds(15)
    private static let batch = 200

    private let ring: LogRing
    private let level: LogLine.Level
    private let wake: WakeSignal
    private let pause: Pause
    private let writing: @Sendable (LogLine) -> [UInt8]
    private let onClose: @Sendable () -> Void
    private var position: Int64
    private var hasBegun = false

    init(
        ring: LogRing, position: Int64, level: LogLine.Level, wake: WakeSignal, pause: @escaping Pause,
        writing: @escaping @Sendable (LogLine) -> [UInt8], onClose: @escaping @Sendable () -> Void
    ) {
        self.ring = ring
        self.position = position
        self.level = level
        self.wake = wake
        self.pause = pause
        self.writing = writing
        self.onClose = onClose
    }

    deinit { onClose() }

    /// The next piece of the stream; nil when the task is cancelled.
    func next() async -> [UInt8]? {
        guard hasBegun else {
            hasBegun = true
            return Array("retry: 3000\n\n".utf8)
        }
        if let piece = read() { return piece }
        await wake.wait(atMost: Self.heartbeat, pause: pause)
        if Task.isCancelled { return nil }
        return read() ?? Array(":\n\n".utf8)
    }

    private func read() -> [UInt8]? {
        let last = ring.last
        let lines = ring.lines(after: position, from: level).prefix(Self.batch)
        position = lines.count == Self.batch ? lines.last?.sequence ?? last : max(position, last)
        return lines.isEmpty ? nil : lines.flatMap(writing)
    }
}
