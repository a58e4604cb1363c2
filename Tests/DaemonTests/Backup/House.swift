import Archive
import Exchange
import Foundation
import HomelineTesting
import Store
import Telephony
import Testing

@testable import Daemon

/// A state directory with something of everything in it, and a configuration beside it.
struct House {
    let directory: TemporaryDirectory
    let state: StateDirectory
    let ledger: SQLiteLedger
    let media: FileMediaStore
    let clock = ManualClock()
    let mint: Mint

    static let passphrase = "a passphrase of tests"

    init() throws {
        directory = try TemporaryDirectory()
        state = StateDirectory(directory.file("state"))
        ledger = try LedgerAccess.open(state)
        media = try FileMediaStore(directory: state.media)
        mint = .repeatable(clock)
        try Data("the key".utf8).write(to: URL(filePath: state.path + "/files.key"))
        try Data("the factors' key".utf8).write(to: URL(filePath: state.path + "/factors.key"))
        _ = try state.place("trunks", "home")
        try Data("a note".utf8).write(to: URL(filePath: state.path + "/trunks/home/notes"))
        try Data("hunter2".utf8).write(to: URL(filePath: directory.file("password")))
        try configurationText.write(toFile: configuration, atomically: true, encoding: .utf8)
    }

    var configuration: String { directory.file("homeline.yaml") }

    private var configurationText: String { "state: \(state.path)\ncountry: CH\nlines:\n  home:\n    trunk: loopback\n# the secret\nother: {password-file: \(directory.file("password"))}\n" }

    /// One that a daemon can begin with.
    func configurationText(listen: String, trunk: String = "loopback") -> String {
        "state: \(state.path)\ncountry: CH\nlines:\n  home:\n    trunk: \(trunk)\n# the secret\nhttp:\n  listen: \(listen)\n"
    }

    var backup: String { directory.file("b.tar.age") }

    @discardableResult
    func submit(_ text: String, _ parts: [Part] = []) async throws -> Message {
        let message = Message(
            id: mint.identifier(), line: "home", direction: .outgoing, sender: .person("alice"), participants: [.number("+15550100")],
            parts: [.text(text)] + parts, recordedAt: clock.now(), origin: Origin(endpoint: .softphone, person: "alice", device: "phone", reference: text))
        let delivery = Delivery(
            id: mint.identifier(), message: message.id, destination: .trunk("home", recipients: message.participants), content: .message, due: clock.now(),
            expires: clock.now() + .seconds(86400))
        _ = try await ledger.submit(message, key: text, deliveries: [delivery])
        return message
    }

    func picture(_ octet: UInt8, count: Int = 300_000) async throws -> Part {
        Part(contentType: "image/jpeg", content: .stored(try await media.keep([UInt8](repeating: octet, count: count))), name: "picture.jpg")
    }

    /// Whether this process holds SQLite's lock on the ledger, which tells others that it is in use (SQLite file locking, shared bytes). The
    /// descriptor that asks stays open, for to close it would let go of that lock.
    var isLocked: Bool {
        // F_OFD_GETLK, which the importer does not know.
        let ask: Int32 = 36
        let descriptor = open(state.ledger, O_RDWR | O_CLOEXEC)
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = 0x4000_0002
        lock.l_len = 510
        return fcntl(descriptor, ask, &lock) == 0 && lock.l_type == Int16(F_RDLCK)
    }

    @discardableResult
    func make(_ progress: @escaping TellProgress = { _ in }) async throws -> BackupRecord {
        try await Backup(of: state, configuration: configuration, passphrase: Self.passphrase, work: 10, now: clock.now).make(backup, ledger: ledger, progress: progress)
    }

    func restore(
        to name: String, _ occupied: Restore.Occupied = .refuse, passphrase: String = Self.passphrase, from path: String? = nil,
        configuration: Restore.Configuration = .besideState
    ) async throws -> (StateDirectory, Restore.Result) {
        let target = StateDirectory(directory.file(name))
        return (target, try await Restore(from: path ?? backup, passphrase: passphrase, to: target, now: clock.now).run(occupied, configuration))
    }

    /// A file encrypted as a backup is.
    func seal(_ files: [(String, [UInt8])], to path: String) throws {
        var random = SplitMix(seed: 3)
        var sealing = try AgeSealing(passphrase: Self.passphrase, secrets: AgeSecrets { random.next() }, work: 10)
        var octets = sealing.head
        for (name, content) in files {
            let entry = try #require(TarEntry(name: name, size: content.count, modified: 0))
            octets += sealing.seal(TarWriting.head(of: entry) + content + TarWriting.tail(of: entry))
        }
        octets += sealing.seal(TarWriting.end) + sealing.finish()
        try Data(octets).write(to: URL(filePath: path))
    }

    func text(of path: String) -> String? { FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } }
}
