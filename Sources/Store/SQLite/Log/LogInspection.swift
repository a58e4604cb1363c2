/// Tells a write-ahead log that is damaged from one whose end was cut off, before SQLite opens it: SQLite takes the first frame whose sum is
/// wrong for the end, and what lies behind it is gone without a word.
///
/// Every transaction is synced before the next is begun, so that a power failure leaves at most one that is not whole: the last. Its frames
/// may be on the disk in any choice, its end too. Where another transaction follows one that is not whole, that one had been synced, and was
/// damaged since. Frames of rolled back and of older transactions lie behind the end too; a frame proves what it follows by its sum, which
/// goes on from the sum in the frame before it.
enum LogInspection {
    /// What is not whole and was.
    struct Loss: Equatable {
        /// Frames that can still be read: the end of the last whole transaction.
        let intact: Int
        fileprivate let salts: UInt64
    }

    /// Nil where nothing that was synced is missing. A log that another process writes meanwhile is looked at twice: what was being written at
    /// the first look is whole at the second.
    static func loss(of path: String) -> Loss? {
        guard let first = look(path), let second = look(path), first == second else { return nil }
        return second
    }

    private static func look(_ path: String) -> Loss? {
        let index = LogIndex(of: path)
        guard let file = LogReader("\(path)-wal"), let octets = file.octets(LogHeader.size, from: 0) else { return nil }
        let header = octets.withUnsafeBytes { LogHeader($0, pageSize: LogReader(path)?.databasePageSize ?? 4096) }
        var frames = Frames(file: file, header: header)
        let intact = frames.takePrefix()
        if header.isWhole, let index, index.salts == header.salts, index.frames > intact { return Loss(intact: intact, salts: header.salts) }
        return frames.proveDamage() ? Loss(intact: intact, salts: header.salts) : nil
    }
}

/// A log's frames, one after the other.
private struct Frames {
    private let file: LogReader
    private let header: LogHeader
    private var octets: [UInt8]
    /// The next frame's number.
    private var number = 0
    /// What the frame before it says the sum is.
    private var before: LogSum

    private struct Frame {
        let header: FrameHeader
        /// Its sum goes on from that of the frame before it.
        let follows: Bool
        /// A disk writes a sector whole or not at all.
        let isHeaderInOneSector: Bool
    }

    init(file: LogReader, header: LogHeader) {
        self.file = file
        self.header = header
        octets = [UInt8](repeating: 0, count: header.frameSize)
        before = header.sum
    }

    private var place: Int { header.place(of: number) }

    private mutating func next(_ salts: UInt64) -> Frame? {
        let (place, before, order) = (place, before, header.order)
        let isThere = octets.withUnsafeMutableBytes { [file] in file.fill($0, from: place) }
        guard isThere else { return nil }
        return octets.withUnsafeBytes { octets in
            let head = FrameHeader(octets)
            var sum = before
            if head.salts == salts {
                sum.add(UnsafeRawBufferPointer(rebasing: octets[..<8]), order)
                sum.add(UnsafeRawBufferPointer(rebasing: octets[FrameHeader.size...]), order)
            }
            return Frame(
                header: head, follows: head.salts == salts && sum == head.sum && head.page != 0,
                isHeaderInOneSector: place % 512 <= 512 - FrameHeader.size)
        }
    }

    private mutating func advance(over frame: Frame) {
        before = frame.header.sum
        number += 1
    }

    /// Reads as far as SQLite does; the number of frames of whole transactions.
    mutating func takePrefix() -> Int {
        guard header.isWhole else { return 0 }
        var intact = 0
        while let frame = next(header.salts), frame.follows {
            advance(over: frame)
            if frame.header.isCommit { intact = number }
        }
        return intact
    }

    /// Goes on behind the first frame that is not whole.
    mutating func proveDamage() -> Bool {
        guard let salts = header.isWhole ? header.salts : file.secondFrameSalts(pageSize: header.pageSize) else { return false }
        var last: Frame?
        while let frame = next(salts) {
            if frame.follows {
                // A log's header is synced before any frame of it is written.
                if !header.isWhole { return true }
                if let last, last.header.isCommit, last.header.salts == salts, last.follows || last.isHeaderInOneSector { return true }
            }
            advance(over: frame)
            last = frame
        }
        return false
    }
}
