/// Tells files that somebody may still be writing from those that are whole: nothing about them has changed for a while.
public struct Stillness: Sendable {
    private var seen: [FolderFile: ContinuousClock.Instant] = [:]
    private let time: Duration

    /// - Parameter time: how long a file must have stayed as it is.
    public init(_ time: Duration) { self.time = time }

    /// Those that are whole. To be asked again and again with everything that lies there.
    public mutating func still(_ files: [FolderFile], now: ContinuousClock.Instant) -> Set<FolderFile> {
        var next: [FolderFile: ContinuousClock.Instant] = [:]
        for file in files { next[file] = seen[file] ?? now }
        seen = next
        return Set(files.filter { now - (next[$0] ?? now) >= time })
    }
}
