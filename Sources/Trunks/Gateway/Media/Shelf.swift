import Crypto
import Files
import Foundation
import HTTPStack

/// Small files in a directory of the line's own. What `keep` said yes to is there after a power cut. What was done with is marked, so that it is
/// known when it comes again.
actor Shelf {
    private let directory: String
    private let markLimit: Int
    private var marksUntilSweep = 0
    private static let mark = ".done"
    /// A file of what a gateway may tell of one message.
    private static let sizeLimit = 4 * 1024 * 1024

    /// - Parameter limit: marks that are kept; gateways tell of nothing again that is older.
    init(directory: String, marks limit: Int = 4096) {
        self.directory = directory
        markLimit = limit
    }

    /// One name is one file: the same again changes nothing, also when it is done with.
    func keep(_ octets: [UInt8], as name: String) -> Bool {
        guard DurableFile.makeFolder(directory) else { return false }
        let path = path(of: name)
        // It may have come before and not have been settled.
        if isThere(path) || isThere(path + Self.mark) { return DurableFile.settle(directory) }
        return DurableFile.put(octets, at: path)
    }

    /// Whether what bears this name was done with.
    func isDone(_ name: String) -> Bool { isThere(path(of: name) + Self.mark) }

    /// Marks what never was a file here.
    func noteDone(_ name: String) {
        guard DurableFile.makeFolder(directory), DurableFile.put([], at: path(of: name) + Self.mark) else { return }
        sweep()
    }

    /// File names, the oldest first.
    func names() -> [String] { files { !$0.contains(".") && !isThere("\(directory)/\($0)\(Self.mark)") } }

    /// Those that are wanted, the oldest first. There may be thousands of marks: nobody asks for their times in vain.
    private func files(where isWanted: (String) -> Bool) -> [String] {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return found.filter(isWanted).map { (name: $0, time: changed($0)) }.sorted { $0.time < $1.time }.map(\.name)
    }

    private func path(of name: String) -> String { "\(directory)/\(lowercaseHex(SHA256.hash(data: Array(name.utf8)).prefix(16)))" }
    private func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    func read(_ name: String) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: "\(directory)/\(name)") else { return nil }
        defer { try? file.close() }
        return (try? file.read(upToCount: Self.sizeLimit)).flatMap { $0 }.map { Array($0) }
    }

    /// Done with a file.
    func finish(_ name: String) {
        // First the mark: without one it might come twice.
        _ = DurableFile.put([], at: "\(directory)/\(name)\(Self.mark)")
        unlink("\(directory)/\(name)")
        _ = DurableFile.settle(directory)
        sweep()
    }

    /// Now and then: forgets the oldest marks, and what a power cut left of a file that was done with.
    private func sweep() {
        marksUntilSweep -= 1
        guard marksUntilSweep < 0 else { return }
        marksUntilSweep = markLimit / 16
        let marks = files { $0.hasSuffix(Self.mark) }
        for mark in marks { unlink("\(directory)/\(mark.dropLast(Self.mark.count))") }
        for mark in marks.dropLast(markLimit) { unlink("\(directory)/\(mark)") }
    }

    private func changed(_ name: String) -> Int {
        var status = stat()
        guard stat("\(directory)/\(name)", &status) == 0 else { return 0 }
        return status.st_mtim.tv_sec * 1_000_000 + status.st_mtim.tv_nsec / 1000
    }
}
