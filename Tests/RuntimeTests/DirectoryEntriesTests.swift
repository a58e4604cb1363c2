import Glibc
import HomelineTesting
import Runtime
import Testing

@Suite struct DirectoryEntriesTests {
    /// So many that the system hands them over in several rounds, and the last of a round ends where its memory does.
    @Test func `every name is told, the shortest and the longest`() throws {
        let directory = try TemporaryDirectory()
        let names = Set((1...255).map { String(repeating: "a", count: $0) } + (1...3000).map(String.init))
        for name in names { close(creat(directory.file(name), 0o600)) }
        #expect(Set(DirectoryEntries.all(of: directory.file(""))) == names)
    }

    @Test func `what is no directory is empty`() {
        #expect(DirectoryEntries.all(of: "/nowhere") == [] && DirectoryEntries.all(of: "/dev/null") == [])
        let canBeRead = DirectoryEntries(of: "/nowhere").isReadable
        #expect(!canBeRead)
    }

    @Test func `the processes that run are told by their names`() throws {
        let all = DirectoryEntries.all(of: "/proc")
        #expect(all.contains("\(getpid())") && !all.contains(".."))
        #expect(RunningProcess.names.count > 1)
    }
}
