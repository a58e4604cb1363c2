import Foundation
import Glibc
import HomelineTesting
import Store
import Testing

@testable import Daemon

@Suite struct StateDirectoryTests {
    @Test func `whether a daemon has it is looked up without taking it`() throws {
        let directory = try TemporaryDirectory()
        let state = StateDirectory(directory.file("state"))
        #expect(!state.isHeld && !state.isListening)
        try state.create()
        do {
            let lock = try state.lock()
            #expect(state.isHeld && !state.isListening)
            #expect(throws: StateError("Another homeline runs on \(state.path)")) { try state.lock() }
            withExtendedLifetime(lock) {}
        }
        #expect(!state.isHeld)
        try withExtendedLifetime(state.lock()) { #expect(state.isHeld) }
    }

    @Test(.enabled(if: geteuid() == 0))
    func `what root's commands make in a daemon's directory belongs to the daemon`() async throws {
        let directory = try TemporaryDirectory()
        let state = StateDirectory(directory.file("state"))
        try state.create()
        #expect(chown(state.path, 4711, 4712) == 0)
        _ = try state.place("trunks", "work")
        let lock = try state.lock(), workplace = try Workplace(in: state.path)
        let ledger = try LedgerAccess.open(state)
        let media = try FileMediaStore(directory: state.media)
        let kept = try await media.keep([UInt8](repeating: 7, count: 300_000))
        let file = try #require(media.path(of: kept))
        let made = ["lock", "trunks", "trunks/work", "backup", "backup/lock", "ledger.sqlite", "media", "media/incoming"].map { "\(state.path)/\($0)" }
        for path in made + [file, ConfigurationFile.folder(of: file)] { #expect(Owner(of: path) == Owner(user: 4711, group: 4712), "\(path)") }
        withExtendedLifetime((lock, workplace, ledger)) {}
    }

    @Test(.enabled(if: geteuid() == 0))
    func `what root left in a daemon's directory is given to the daemon, and nothing that a link leads to`() throws {
        let directory = try TemporaryDirectory()
        let state = StateDirectory(directory.file("state")), other = StateDirectory(directory.file("other"))
        try other.create()
        let inner = try state.place("endpoints", "app")
        #expect(symlink(other.path, inner + "/link") == 0)
        let file = other.path + "/file"
        try Data("root's".utf8).write(to: URL(filePath: file))
        #expect(link(file, inner + "/file") == 0)
        #expect(chown(state.path, 4711, 4712) == 0)
        StateDirectory(directory.file("state")).giveToOwner()
        #expect(Owner(of: inner) == Owner(user: 4711, group: 4712))
        for path in [other.path, file] { #expect(Owner(of: path) == Owner(user: 0, group: 0)) }
    }
}

/// Whose a file is.
struct Owner: Hashable {
    let user: uid_t
    let group: gid_t

    init(user: uid_t, group: gid_t) {
        self.user = user
        self.group = group
    }

    /// Nil where there is none.
    init?(of path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(user: status.st_uid, group: status.st_gid)
    }
}
