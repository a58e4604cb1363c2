import Archive
import HomelineTesting
import Testing

@Suite struct TarTests {
    @Test(arguments: [1, 7, 512, 100_000])
    func `files come out as they were put in, however the octets come`(_ piece: Int) throws {
        let files = [("state/ledger.sqlite", 1500), ("empty", 0), ("a/b", 512), (Self.longName, 3)]
        let archive = try Self.archive(files)
        #expect(try Self.files(in: archive, pieces: piece).map(\.0) == files.map(\.0))
        #expect(try Self.files(in: archive, pieces: piece).map(\.1) == files.map { Self.content($0.0, $0.1) })
    }

    @Test func `a file of more than eight gigabytes has its size`() throws {
        let entry = try #require(TarEntry(name: "large", size: 9 << 30, modified: 0))
        var reading = TarReading()
        #expect(try reading.take(TarWriting.head(of: entry)) == [.begun(entry)])
    }

    @Test(arguments: ["/etc/passwd", "a/../b", "..", "", "a//b", "./", "a/", "line\nfeed", String(repeating: "x", count: 101)])
    func `a name that leads elsewhere is none`(_ name: String) {
        #expect(TarEntry(name: name, size: 0, modified: 0) == nil)
    }

    @Test func `an archive with such a name is refused`() throws {
        var head = TarWriting.head(of: try #require(TarEntry(name: "xx/passwd", size: 0, modified: 0)))
        head.replaceSubrange(0..<2, with: Array("..".utf8))
        // The sum of the octets is what it would be.
        let sum = head.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 0x20 : Int(head[$1])) }
        let digits = String(sum, radix: 8)
        head.replaceSubrange(148..<154, with: Array((String(repeating: "0", count: 6 - digits.count) + digits).utf8))
        var reading = TarReading()
        #expect(throws: TarError.refused("a file whose name leads elsewhere")) { try reading.take(head) }
    }

    @Test func `an archive that is cut off anywhere is told as that`() throws {
        let archive = try Self.archive([("a", 700), ("b", 1)])
        for count in stride(from: 0, to: archive.count - 512, by: 61) {
            #expect(throws: TarError.truncated, "\(count) octets") { try Self.files(in: Array(archive.prefix(count)), pieces: 512) }
        }
    }

    @Test func `a header with another octet is damaged`() throws {
        var archive = try Self.archive([("a", 1)])
        archive[3] ^= 1
        #expect(throws: TarError.damaged(offset: 0)) { try Self.files(in: archive, pieces: 512) }
    }

    @Test func `links and devices are refused, folders are passed over`() throws {
        let head = TarWriting.head(of: try #require(TarEntry(name: "a", size: 0, modified: 0)))
        for (kind, isTaken) in [("2", false), ("3", false), ("1", false), ("5", true)] {
            var other = head
            other[156] = kind.utf8.first ?? 0
            let sum = other.indices.reduce(0) { $0 + ((148..<156).contains($1) ? 0x20 : Int(other[$1])) }
            let octal = String(sum, radix: 8)
            other.replaceSubrange(148..<154, with: Array((String(repeating: "0", count: 6 - octal.count) + octal).utf8))
            var reading = TarReading()
            if isTaken { #expect(try reading.take(other).isEmpty) } else { #expect(throws: TarError.self) { try reading.take(other) } }
        }
    }

    @Test func `whatever comes does not trap`() {
        var random = SplitMix(seed: 7)
        for _ in 0..<300 {
            var reading = TarReading()
            let octets = (0..<2048).map { _ in UInt8(truncatingIfNeeded: random.next()) & 0x37 }
            _ = try? reading.take(octets)
            _ = try? reading.finish()
        }
    }

    private static let longName = String(repeating: "n", count: 90) + "/" + String(repeating: "m", count: 90)

    private static func content(_ name: String, _ count: Int) -> [UInt8] {
        var random = SplitMix(seed: UInt64(name.utf8.count))
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    private static func archive(_ files: [(String, Int)]) throws -> [UInt8] {
        var octets: [UInt8] = []
        for (name, count) in files {
            let entry = try #require(TarEntry(name: name, size: count, modified: 1_795_000_000))
            let whole = TarWriting.head(of: entry) + content(name, count) + TarWriting.tail(of: entry)
            #expect(whole.count == TarWriting.room(for: count))
            octets += whole
        }
        return octets + TarWriting.end
    }

    private static func files(in archive: [UInt8], pieces: Int) throws -> [(String, [UInt8])] {
        var reading = TarReading(), files: [(String, [UInt8])] = []
        for start in stride(from: 0, to: archive.count, by: pieces) {
            for event in try reading.take(archive[start..<min(archive.count, start + pieces)]) {
                switch event {
                case .begun(let entry): files.append((entry.name, []))
                case .octets(let octets): files[files.count - 1].1 += octets
                case .ended: break
                }
            }
        }
        try reading.finish()
        return files
    }
}
