/// How far the log was written and synced, as the last writer noted in the memory that processes share (`-shm`; SQLite WAL-mode file
/// format §2.1). It is of use where a process was killed; after a power failure it may be older than the log, never newer.
struct LogIndex {
    private static let size = 48

    let salts: UInt64
    /// Frames of whole transactions.
    let frames: Int

    /// Nil where there is none, or it is not whole.
    init?(of path: String) {
        guard let file = LogReader("\(path)-shm"), let octets = file.octets(Self.size, from: 0) else { return nil }
        var salts: UInt64 = 0
        var frames = 0
        // Its words are in the machine's own order, but for the salts, which are a copy.
        let isWhole = octets.withUnsafeBytes { octets in
            salts = octets.salts(32)
            frames = Int(octets.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
            var sum = LogSum()
            sum.add(UnsafeRawBufferPointer(rebasing: octets[..<40]), .native)
            return octets.loadUnaligned(as: UInt32.self) == 3_007_000 && octets[12] == 1
                && sum == LogSum(first: octets.loadUnaligned(fromByteOffset: 40, as: UInt32.self), second: octets.loadUnaligned(fromByteOffset: 44, as: UInt32.self))
        }
        guard isWhole else { return nil }
        (self.salts, self.frames) = (salts, frames)
    }
}
