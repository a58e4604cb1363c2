import HomelineTesting
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
}
