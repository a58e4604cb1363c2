import Foundation
import HomelineTesting
import Synchronization
import Telephony
import Testing

@testable import Daemon

@Suite struct ConsoleAccessTests {
    private let directory: TemporaryDirectory
    private let access: ConsoleAccess

    init() throws {
        directory = try TemporaryDirectory()
        access = ConsoleAccess(try DaemonSettings(yaml: "state: \(directory.file("state"))\ncountry: CH\nlines: {home: {trunk: loopback}}\n"))
    }

    @Test func `somebody who signs in with a password alone is told apart from nobody`() async throws {
        try await access.setPassword(of: "alice", "correct horse battery")
        let known = try await access.factors(of: "alice"), nobody = try await access.factors(of: "alcie")
        #expect(known?.asksForCodes == false && known?.passkeys == [])
        #expect(nobody == nil)
    }

    @Test func `the browsers of nobody are not signed out`() async throws {
        try await access.setPassword(of: "alice", "correct horse battery")
        let known = try await access.signOut("alice"), nobody = try await access.signOut("alcie")
        #expect(known == 0)
        #expect(nobody == nil)
    }
}

@Suite struct TokensTests {
    @Test func `a token whose name is known is replaced only where that is meant`() async throws {
        let directory = try TemporaryDirectory(), ledger = try LedgerAccess.open(StateDirectory(directory.file("state")))
        _ = try await Tokens.create("nas", scopes: [.read], days: nil, ledger: ledger)
        let before = try await ledger.tokens()
        await #expect(throws: Tokens.Taken()) { try await Tokens.create("nas", scopes: [.send], days: nil, ledger: ledger) }
        let kept = try await ledger.tokens()
        #expect(kept == before)
        _ = try await Tokens.create("nas", scopes: [.send], days: nil, .replace, ledger: ledger)
        let after = try await ledger.tokens()
        #expect(after.map(\.name) == ["nas"] && after.map(\.scopes) == [[.send]] && after != before)
    }
}

@Suite struct PassingFolderTests {
    @Test func `it is its owner's alone, and gone afterwards, also when the work fails`() async throws {
        let folder = try await PassingFolder.with { folder in
            let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            return folder
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        let other = Mutex("")
        await #expect(throws: BackupError.cancelled) {
            try await PassingFolder.with { folder in
                other.withLock { $0 = folder }
                throw BackupError.cancelled
            }
        }
        let path = other.withLock { $0 }
        #expect(path.contains("homeline-") && !FileManager.default.fileExists(atPath: path))
    }
}
