import Foundation
import HomelineTesting
import Testing

@testable import Daemon

@Suite struct LedgerAccessTests {
    @Test func `a command brings no ledger up to date under a daemon of an older version`() throws {
        let directory = try TemporaryDirectory()
        let state = StateDirectory(directory.file("state"))
        try LedgerAccess.open(state).close()
        // As an older version leaves it: the user version of SQLite's file format.
        let file = try FileHandle(forUpdating: URL(filePath: state.ledger))
        try file.seek(toOffset: 60)
        try file.write(contentsOf: Data([0, 0, 0, 1]))
        try file.close()
        let lock = try state.lock()
        #expect(throws: StateError.self) { try LedgerAccess.open(state) }
        withExtendedLifetime(lock) {}
    }

    @Test func `a command of the same version works beside a daemon`() throws {
        let directory = try TemporaryDirectory()
        let state = StateDirectory(directory.file("state"))
        try state.create()
        let lock = try state.lock()
        let ledger = try LedgerAccess.open(state, by: .daemon)
        try LedgerAccess.open(state).close()
        withExtendedLifetime((lock, ledger)) {}
    }
}
