/// The frames of a damaged log, with what proves each to be what was written.
struct LogFrames {
    /// What says that a frame is what was written. Its salts do not matter to that: a sum goes on from the sum before it.
    enum Proof {
        /// A sum in the log.
        case log
        /// The same sum, over the page that a checkpoint has brought into the database file: in the log the page itself is damaged.
        case database
    }

    struct Frame {
        let page: UInt32
        let isCommit: Bool
        fileprivate(set) var proof: Proof?
        /// The database file's page is this one.
        let isInDatabase: Bool
        fileprivate let isOfThisLog: Bool
    }

    let header: LogHeader
    /// In order, up to the last that is of this log.
    private(set) var frames: [Frame] = []
    private let salts: UInt64
    /// The last frame's sum as it stands there, and as it is by what stands before it. They differ where one of the two is damaged.
    private var sum: (told: LogSum, found: LogSum)

    /// Nil where there is no log, or it cannot be read.
    init?(log: LogReader, database: LogReader) {
        guard let octets = log.octets(LogHeader.size, from: 0) else { return nil }
        let header = octets.withUnsafeBytes { LogHeader($0, pageSize: database.databasePageSize) }
        guard let salts = header.isWhole ? header.salts : log.secondFrameSalts(pageSize: header.pageSize) else { return nil }
        var found = LogSum()
        octets.withUnsafeBytes { found.add(UnsafeRawBufferPointer(rebasing: $0[..<24]), header.order) }
        (self.header, self.salts, sum) = (header, salts, (header.sum, found))
        while let octets = log.octets(header.frameSize, from: header.place(of: frames.count)) {
            octets.withUnsafeBytes { take($0, database) }
        }
        frames.removeLast(frames.count - (frames.lastIndex { $0.isOfThisLog }.map { $0 + 1 } ?? 0))
    }

    private mutating func take(_ octets: UnsafeRawBufferPointer, _ database: LogReader) {
        let head = FrameHeader(octets), page = UnsafeRawBufferPointer(rebasing: octets[FrameHeader.size...])
        let next = continued(sum.told, octets, page)
        // The sum of the frame before is what was damaged, and what it was follows from what it sums.
        let mends = next != head.sum && continued(sum.found, octets, page) == head.sum
        if mends, !frames.isEmpty { frames[frames.count - 1].proof = .log }
        let follows = next == head.sum || mends
        let isOfThisLog = head.salts == salts || follows && (frames.last.map { $0.proof != nil } ?? true)
        var proof: Proof? = follows && isOfThisLog && head.page != 0 ? .log : nil
        var isInDatabase = false
        if head.page != 0, let stored = database.octets(header.pageSize, from: (Int(head.page) - 1) * header.pageSize) {
            stored.withUnsafeBytes { stored in
                isInDatabase = stored.elementsEqual(page)
                guard proof == nil, !isInDatabase, continued(sum.told, octets, stored) == head.sum else { return }
                (proof, isInDatabase) = (.database, true)
            }
        }
        frames.append(
            Frame(page: head.page, isCommit: head.isCommit, proof: proof, isInDatabase: isInDatabase, isOfThisLog: isOfThisLog || proof != nil))
        sum = (head.sum, proof == nil ? next : head.sum)
    }

    /// The sum behind a frame with this header and page.
    private func continued(_ sum: LogSum, _ head: UnsafeRawBufferPointer, _ page: UnsafeRawBufferPointer) -> LogSum {
        var sum = sum
        sum.add(UnsafeRawBufferPointer(rebasing: head[..<8]), header.order)
        sum.add(page, header.order)
        return sum
    }
}
