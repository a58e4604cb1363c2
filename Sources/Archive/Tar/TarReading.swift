/// Reads an archive piece by piece: files that begin, their octets, and their ends.
public struct TarReading: Sendable {
    public enum Event: Hashable, Sendable {
        case begun(TarEntry)
        case octets([UInt8])
        case ended
    }

    private enum Place {
        case head
        /// In a file that is taken, or in something that is passed over.
        case content(left: Int, filling: Int, isTaken: Bool)
        case behindEnd
    }

    private var place = Place.head
    private var rest: [UInt8] = []
    private var offset = 0
    private var emptyBlocks = 0

    public init() {}

    /// Takes the next octets of the archive.
    public mutating func take(_ octets: some Collection<UInt8>) throws(TarError) -> [Event] {
        rest += octets
        var events: [Event] = [], start = 0
        reading: while true {
            switch place {
            case .behindEnd:
                start = rest.count
                break reading
            case .head:
                guard rest.count - start >= TarHeader.block else { break reading }
                try head(rest[start..<(start + TarHeader.block)], at: offset + start, &events)
                start += TarHeader.block
            case .content(let left, let filling, let isTaken):
                let count = min(left, rest.count - start)
                if isTaken, count > 0 { events.append(.octets(Array(rest[start..<(start + count)]))) }
                start += count
                guard count == left, rest.count - start >= filling else {
                    place = .content(left: left - count, filling: filling, isTaken: isTaken)
                    break reading
                }
                start += filling
                if isTaken { events.append(.ended) }
                place = .head
            }
        }
        rest.removeFirst(start)
        offset += start
        return events
    }

    /// Throws `truncated` where the archive's end was not there.
    public func finish() throws(TarError) {
        guard case .behindEnd = place else { throw .truncated }
    }

    private mutating func head(_ octets: ArraySlice<UInt8>, at offset: Int, _ events: inout [Event]) throws(TarError) {
        guard let (kind, name, size, modified) = try TarHeader.decode(octets, at: offset) else {
            emptyBlocks += 1
            if emptyBlocks == 2 { place = .behindEnd }
            return
        }
        emptyBlocks = 0
        let filling = (TarHeader.block - size % TarHeader.block) % TarHeader.block
        switch kind {
        case .file:
            guard let entry = TarEntry(name: name.hasPrefix("./") ? String(name.dropFirst(2)) : name, size: size, modified: modified) else {
                throw .refused("a file whose name leads elsewhere")
            }
            events.append(.begun(entry))
            place = .content(left: size, filling: filling, isTaken: true)
        case .folder, .attributes:
            place = .content(left: size, filling: filling, isTaken: false)
        case .other(let kind):
            throw .refused("something that is no file (\(Character(Unicode.Scalar(kind))))")
        }
    }
}
