import Crypto
import Foundation
import HomelineTesting
import Testing

@testable import Files

@Suite struct DurableFileTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func octets(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map(Array.init) }

    /// What a descriptor is of.
    private func name(_ descriptor: Int32) -> String {
        let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")
        return path.flatMap { $0.split(separator: "/").last.map(String.init) } ?? ""
    }

    @Test func `a file is durable before it has its name, and its name before it is said to be kept`() throws {
        let folder = directory.file("place"), path = folder + "/note"
        var order: [String] = []
        #expect(DurableFile.makeFolder(folder) { order.append(name($0)); return 0 })
        #expect(order == [try #require(directory.path.split(separator: "/").last.map(String.init))])
        #expect(DurableFile.makeFolder(folder) { _ in -1 }, "one that is there is not made anew")
        #expect(DurableFile.put([1], at: path))
        order = []
        let isKept = DurableFile.put([2], at: path) { descriptor in
            order.append("\(name(descriptor)) \(octets(path) ?? [])")
            return 0
        }
        #expect(isKept && order == ["note.new [1]", "place [2]"])
    }

    @Test func `what the disk does not take leaves the old file as it was, and no draft`() throws {
        let path = directory.file("note")
        #expect(DurableFile.put([1], at: path))
        let isKept = DurableFile.put([2], at: path) { _ in
            errno = ENOSPC
            return -1
        }
        let number = errno
        #expect(!isKept && number == ENOSPC)
        #expect(octets(path) == [1])
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["note"])
        #expect(!DurableFile.put([1], at: directory.file("missing/note")))
        #expect(!DurableFile.makeFolder(directory.file("missing/place")))
    }

    @Test func `a name that cannot be made durable is not said to be kept`() {
        let path = directory.file("note")
        func isKept(_ number: Int32) -> Bool {
            DurableFile.put([1], at: path) { descriptor in
                errno = number
                return name(descriptor) == "note.new" ? 0 : -1
            }
        }
        #expect(!isKept(EIO))
        #expect(isKept(EINVAL), "file systems that sync no folders are used, too")
    }

    @Test func `a key is its owner's alone, and there again`() throws {
        let file = KeyFile(directory.file("a.key")), key = SymmetricKey(size: .bits256)
        #expect(try file.kept() == nil)
        try file.keep(key)
        let kept = try file.kept()
        #expect(kept == key)
        #expect(try FileManager.default.attributesOfItem(atPath: directory.file("a.key"))[.posixPermissions] as? Int == 0o600)
        #expect(throws: KeyFileError.self) { try KeyFile(directory.file("missing/a.key")).keep(key) }
    }
}
