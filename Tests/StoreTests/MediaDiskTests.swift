import Exchange
import Foundation
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import Store

/// Disks that fail.
@Suite struct MediaDiskTests {
    private static func store(_ directory: TemporaryDirectory, _ disk: FailingDisk) throws -> FileMediaStore {
        FileMediaStore(try MediaFolder(directory.file("media"), syncing: disk.syncing), limit: 1 << 20, spared: 0)
    }

    @Test(arguments: [1, 2, 3]) func `what could not be made durable is not kept, and is when it is tried again`(number: Int) async throws {
        // The file, the name of its folder, its own name.
        let (directory, disk) = (try TemporaryDirectory(), FailingDisk())
        let store = try Self.store(directory, disk)
        disk.fail(at: number)
        await #expect { _ = try await store.keep([1, 2, 3]) } throws: { error in
            if case MediaError.failed = error { true } else { false }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("media/incoming")).isEmpty)
        let media = try await store.keep([1, 2, 3])
        #expect(try await store.read(media, from: 0, count: 3) == [1, 2, 3])
    }

    @Test func `a file has its name only when its octets are durable, and is told as kept only when its name is`() async throws {
        let (directory, disk) = (try TemporaryDirectory(), FailingDisk())
        let store = try Self.store(directory, disk)
        disk.forget()
        let media = try await store.keep([1, 2, 3])
        let name = "\(directory.file("media"))/\(media.digest.prefix(2))/\(media.digest.dropFirst(2))"
        disk.watch(name)
        _ = try await store.keep([1, 2, 3])
        let synced = disk.synced
        #expect(synced.count == 5)
        #expect(synced[0].path.contains("/incoming/"))
        #expect(synced[1].path.hasSuffix("/media"))
        #expect(synced[2].path.hasSuffix("/media/\(media.digest.prefix(2))"))
        #expect(synced[3].path.contains("/incoming/"))
        #expect(synced[4].path == synced[2].path && synced[4].isNamed)
    }

    @Test(.enabled("as root, who may mount a disk") { SmallDisk.isPossible }) func `a full disk takes nothing, keeps what it has, and goes on when there is room`() async throws {
        let disk = try SmallDisk("size=200k")
        let store = try FileMediaStore(directory: disk.path + "/media", limit: 1 << 20, spared: 0)
        let media = try await store.keep([UInt8](repeating: 1, count: 60_000))
        let filler = disk.path + "/filler"
        try Data(count: 100_000).write(to: URL(filePath: filler))
        await MediaContract.expectFull { _ = try await store.keep([UInt8](repeating: 2, count: 60_000)) }
        let intake = try await store.receive(limit: 100_000)
        await MediaContract.expectFull { for _ in 0..<100 { try await intake.write([UInt8](repeating: 3, count: 1_000)) } }
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path + "/media/incoming").isEmpty)
        #expect(try await store.read(media, from: 0, count: 60_000) == [UInt8](repeating: 1, count: 60_000))
        try FileManager.default.removeItem(atPath: filler)
        _ = try await store.keep([UInt8](repeating: 2, count: 60_000))
        #expect(await store.room().used == 120_000)
    }

    @Test(.enabled("as root, who may mount a disk") { SmallDisk.isPossible }) func `a disk without names or that may only be read takes nothing`() async throws {
        let disk = try SmallDisk("size=1m,nr_inodes=12")
        let store = try FileMediaStore(directory: disk.path + "/media", limit: 1 << 20, spared: 0)
        let media = try await store.keep([1])
        var number = 0
        while FileManager.default.createFile(atPath: "\(disk.path)/\(number)", contents: nil) { number += 1 }
        await MediaContract.expectFull { _ = try await store.keep([2]) }
        try disk.makeReadOnly()
        await MediaContract.expectFull { _ = try await store.keep([3]) }
        #expect(try await store.read(media, from: 0, count: 1) == [1])
    }
}

/// Counts syncs, and fails one of them.
private final class FailingDisk: Sendable {
    private struct State {
        var failing = 0
        var count = 0
        var watched = ""
        var synced: [(path: String, isNamed: Bool)] = []
    }

    private let state = Mutex(State())

    var syncing: MediaFolder.Syncing {
        { descriptor in self.sync(descriptor) }
    }

    /// The sync of this number from now on fails, counted from 1.
    func fail(at number: Int) {
        state.withLock { state in
            state.count = 0
            state.failing = number
        }
    }

    func forget() { state.withLock { $0.synced = [] } }
    func watch(_ path: String) { state.withLock { $0.watched = path } }
    var synced: [(path: String, isNamed: Bool)] { state.withLock { $0.synced } }

    private func sync(_ descriptor: Int32) -> Int32 {
        let path = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")) ?? ""
        let fails = state.withLock { state in
            state.count += 1
            state.synced.append((path, access(state.watched, F_OK) == 0))
            return state.count == state.failing
        }
        guard fails else { return fsync(descriptor) }
        errno = EIO
        return -1
    }
}

/// A disk in memory, mounted for a test.
private final class SmallDisk: Sendable {
    let path: String
    private let directory: TemporaryDirectory

    static let isPossible: Bool = {
        guard let disk = try? SmallDisk("size=64k") else { return false }
        return withExtendedLifetime(disk) { true }
    }()

    init(_ options: String) throws {
        directory = try TemporaryDirectory()
        path = directory.path
        try #require(mount("tmpfs", path, "tmpfs", 0, options) == 0)
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }

    func makeReadOnly() throws {
        try #require(mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), "") == 0)
    }
}
