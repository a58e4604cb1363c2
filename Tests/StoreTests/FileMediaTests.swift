import Exchange
import Foundation
import HomelineTesting
import Telephony
import Testing

@testable import Store

@Suite struct FileMediaTests {
    private let directory: TemporaryDirectory
    private let store: FileMediaStore

    init() throws {
        directory = try TemporaryDirectory()
        store = try FileMediaStore(directory: directory.file("media"), limit: 1 << 20, spared: 0)
    }

    private func names(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.file("media/\(folder)"))
    }

    private func mode(_ path: String) throws -> Int? {
        (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    @Test func `a file lies under its digest, its owner's alone`() async throws {
        let media = try await store.keep(Array("abc".utf8))
        let path = directory.file("media/ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(store.path(of: media) == path)
        #expect(try mode(path) == 0o600)
        for folder in ["media", "media/ba", "media/incoming", "media/damaged", "media/renditions", "media/work"] { #expect(try mode(directory.file(folder)) == 0o700) }
    }

    @Test func `a start clears what a dead process was writing, and finds what it kept`() async throws {
        let media = try await store.keep(Array("abc".utf8))
        try Data([1, 2, 3]).write(to: URL(filePath: directory.file("media/incoming/left-behind")))
        let next = try FileMediaStore(directory: directory.file("media"), limit: 1 << 20, spared: 0)
        #expect(try names("incoming").isEmpty)
        #expect(try await next.read(media, from: 0, count: 3) == Array("abc".utf8))
        #expect(await next.room().used == 3)
    }

    @Test func `who looks around beside a daemon leaves alone what is being written`() async throws {
        let intake = try await store.receive(limit: 100)
        try await intake.write([1, 2, 3])
        _ = try FileMediaStore(directory: directory.file("media"), limit: 1 << 20, spared: 0)
        #expect(try names("incoming").count == 1)
        let media = try await intake.keep()
        #expect(try await store.read(media, from: 0, count: 3) == [1, 2, 3])
    }

    /// Octets in which a bit is flipped; every one of them with HOMELINE_LONG=1.
    static let places = ProcessInfo.processInfo.environment["HOMELINE_LONG"] == "1" ? Array(0..<1000) : [0, 1, 63, 64, 255, 256, 499, 511, 512, 998, 999]

    @Test(arguments: places) func `a flipped bit is found when the file is read whole, and the others are served`(octet: Int) async throws {
        let octets = [UInt8](repeating: 7, count: 1000)
        let (media, other) = (try await store.keep(octets), try await store.keep([1]))
        let path = try #require(store.path(of: media))
        var damaged = octets
        damaged[octet] ^= 1 << (octet & 7)
        try Data(damaged).write(to: URL(filePath: path))
        await #expect(throws: MediaError.damaged) { try await store.read(media, from: 0, count: 1000) }
        #expect(try names("damaged") == [media.digest])
        await #expect(throws: MediaError.damaged) { try await store.read(media, from: 0, count: 1000) }
        #expect(store.path(of: media) == nil)
        #expect(try await store.read(other, from: 0, count: 1) == [1])
        #expect(await store.health().state == .impaired)
        #expect(await store.room().used == 1)
        // Whoever sends it again mends it.
        #expect(try await store.keep(octets) == media)
        #expect(try await store.read(media, from: 0, count: 1000) == octets)
    }

    @Test func `a file cut short is never served as if it were whole`() async throws {
        let media = try await store.keep([UInt8](repeating: 7, count: 1000))
        let path = try #require(store.path(of: media))
        #expect(truncate(path, 500) == 0)
        #expect(store.path(of: media) == nil)
        await #expect(throws: MediaError.damaged) { try await store.read(media, from: 0, count: 10) }
        #expect(try names("damaged") == [media.digest])
    }

    @Test func `an audit reads every file and names the damaged ones`() async throws {
        let whole = try await store.keep(Array("abc".utf8))
        let media = try await store.keep([UInt8](repeating: 7, count: 3_000_000 / 4))
        #expect(try await store.audit() == MediaAudit(faults: [], files: 2))
        let path = try #require(store.path(of: media))
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: 500_000)
        try handle.write(contentsOf: [8])
        try handle.close()
        let audit = try await store.audit()
        #expect(audit == MediaAudit(faults: ["The file \(media.digest) is not what was written."], files: 1))
        #expect(try await store.audit() == audit)
        #expect(try await store.read(whole, from: 0, count: 3) == Array("abc".utf8))
    }

    @Test func `renditions go with their original`() async throws {
        let (media, other) = (try await store.keep([1]), try await store.keep([2]))
        let renditions = [media, other].map { "\(store.renditionsDirectory)/\($0.digest.prefix(2))/\($0.digest.dropFirst(2)).thumbnail" }
        for path in renditions {
            try FileManager.default.createDirectory(at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data([9]).write(to: URL(filePath: path))
        }
        let later = FileClock().now() + .seconds(200_000)
        for _ in 0..<2 { _ = try await store.sweep(now: later) { _ throws(LedgerError) in [other.digest] } }
        #expect(renditions.map { FileManager.default.fileExists(atPath: $0) } == [false, true])
    }

    @Test func `what a sweep deletes is asked for in batches`() async throws {
        for number in 0..<1100 { _ = try await store.keep([UInt8(number & 255), UInt8(number >> 8)]) }
        let asked = Asked()
        let later = FileClock().now() + .seconds(200_000)
        var swept = 0
        for _ in 0..<2 {
            swept += try await store.sweep(now: later) { digests throws(LedgerError) in
                await asked.note(digests.count)
                return []
            }.files
        }
        #expect(await asked.counts == [500, 500, 100, 500, 500, 100])
        #expect(swept == 1100)
        #expect(await store.room().used == 0)
    }

    @Test func `a strange file in the folder is left alone`() async throws {
        try FileManager.default.createDirectory(atPath: directory.file("media/ab"), withIntermediateDirectories: true)
        try Data([1]).write(to: URL(filePath: directory.file("media/ab/notes.txt")))
        let later = FileClock().now() + .seconds(200_000)
        for _ in 0..<2 { _ = try await store.sweep(now: later) { _ throws(LedgerError) in [] } }
        #expect(try names("ab") == ["notes.txt"])
        #expect(try await store.audit() == MediaAudit(faults: [], files: 0))
    }

    @Test func `a disk with too little to spare takes nothing`() async throws {
        let store = try FileMediaStore(directory: directory.file("other"), limit: 1 << 20, spared: 1 << 60)
        await MediaContract.expectFull { _ = try await store.keep([1]) }
        #expect(await store.health().state == .impaired)
    }
}

private actor Asked {
    private(set) var counts: [Int] = []

    func note(_ count: Int) { counts.append(count) }
}
