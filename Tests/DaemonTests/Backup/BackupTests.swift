import Archive
import Exchange
import Foundation
import HomelineTesting
import Logging
import Store
import Synchronization
import Telephony
import Testing

@testable import Daemon

@Suite struct BackupTests {
    @Test func `everything is there again`() async throws {
        let house = try House()
        let picture = try await house.picture(7)
        let message = try await house.submit("hello", [picture])
        let record = try await house.make()
        #expect(record.messages == 1)
        #expect(record.files == 1)
        #expect(record.faults == [])
        #expect(record.octets == (try FileManager.default.attributesOfItem(atPath: house.backup)[.size] as? Int))

        let (state, result) = try await house.restore(to: "restored")
        #expect(result.faults == [])
        #expect(result.madeAt == house.clock.now())
        let ledger = try LedgerAccess.open(state)
        #expect(try await ledger.message(message.id)?.message == message)
        guard case .stored(let media) = picture.content else { return }
        #expect(try await FileMediaStore(directory: state.media).read(media, from: 0, count: .max) == [UInt8](repeating: 7, count: 300_000))
        #expect(house.text(of: state.path + "/files.key") == "the key")
        #expect(house.text(of: state.path + "/factors.key") == "the factors' key")
        #expect(house.text(of: state.path + "/trunks/home/notes") == "a note")
        let configuration = state.path + "/configuration"
        #expect(house.text(of: configuration + BackupContents.absolute(house.configuration)) == house.text(of: house.configuration))
        #expect(house.text(of: configuration + BackupContents.absolute(house.directory.file("password"))) == "hunter2")
    }

    @Test func `it can be made while messages come in`() async throws {
        let house = try House()
        for index in 0..<100 { try await house.submit("before \(index)") }
        let record = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for index in 0..<100 { try await house.submit("meanwhile \(index)") } }
            let record = try await house.make()
            try await group.waitForAll()
            return record
        }
        #expect(record.faults == [])
        #expect(record.messages >= 100)
        #expect(try LedgerCopy(path: house.state.ledger).messages() == 200)
    }

    /// SQLite keeps other processes from removing the log under it by a lock that this process loses when any of its descriptors of the file is closed.
    @Test func `whoever makes one has the ledger locked as before`() async throws {
        let house = try House()
        try await house.submit("hello")
        #expect(house.isLocked)
        try await house.make()
        #expect(house.isLocked)
        try await house.submit("and again")
    }

    @Test func `nothing of it can be read without the passphrase, and nothing is left in the clear`() async throws {
        let house = try House()
        try await house.submit("a very particular sentence")
        try await house.make()
        let octets = try Data(contentsOf: URL(filePath: house.backup))
        #expect(octets.range(of: Data("particular".utf8)) == nil)
        #expect(octets.range(of: Data("hunter2".utf8)) == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: house.state.path + "/backup") == ["lock"])
        #expect(try FileManager.default.attributesOfItem(atPath: house.backup)[.posixPermissions] as? Int == 0o600)
        #expect(!FileManager.default.fileExists(atPath: house.backup + ".part"))
    }

    @Test func `it tells how far it is`() async throws {
        let house = try House()
        try await house.submit("hello", [try await house.picture(1)])
        let seen = Mutex<[BackupProgress]>([])
        try await house.make { progress throws(BackupError) in seen.withLock { $0.append(progress) } }
        let phases = seen.withLock { $0.map(\.phase) }
        #expect(phases.first == .copying)
        #expect(phases.contains(.writing))
        #expect(seen.withLock { $0.last } .map { $0.phase == .checking && $0.percent == 100 } == true)
    }

    @Test func `one that is cancelled leaves nothing`() async throws {
        let house = try House()
        try await house.submit("hello")
        await #expect(throws: BackupError.cancelled) {
            try await house.make { progress throws(BackupError) in if progress.phase == .writing { throw .cancelled } }
        }
        #expect(!FileManager.default.fileExists(atPath: house.backup))
        #expect(!FileManager.default.fileExists(atPath: house.backup + ".part"))
    }

    @Test func `a picture that is missing or damaged is told, and the rest is kept`() async throws {
        let house = try House()
        let parts = [try await house.picture(1), try await house.picture(2)]
        try await house.submit("hello", parts)
        let digests = parts.compactMap { if case .stored(let media) = $0.content { media.digest } else { nil } }
        let paths = digests.map { "\(house.state.media)/\($0.prefix(2))/\($0.dropFirst(2))" }
        try FileManager.default.removeItem(atPath: paths[0])
        try Data(repeating: 9, count: 300_000).write(to: URL(filePath: paths[1]))
        let record = try await house.make()
        #expect(Set(record.faults) == ["The file \(digests[0]) was missing when the backup was made.", "The file \(digests[1]) is not what was written."])
        let (state, result) = try await house.restore(to: "restored")
        #expect(Set(result.faults) == Set(record.faults))
        #expect(try await LedgerAccess.open(state).audit().messages == 1)
    }

    @Test func `named files that are left out are told, and that is no fault`() async throws {
        let house = try House()
        let (large, circle) = (house.directory.file("large"), house.directory.file("circle"))
        try Data(count: (1 << 20) + 1).write(to: URL(filePath: large))
        try FileManager.default.createSymbolicLink(atPath: circle, withDestinationPath: circle)
        let named = "one: {cover: \(large), key: \(circle), again: \(large)}\ntwo: {pin-file: secrets/pin, path: /webhook/nobody, place: \(house.directory.path), word: a.b}\n"
        try (try #require(house.text(of: house.configuration)) + named).write(toFile: house.configuration, atomically: true, encoding: .utf8)
        let record = try await house.make()
        #expect(
            record.omissions == [
                "\(BackupContents.absolute(large)) is not in it: it is larger than 1 MiB.", "\(BackupContents.absolute(circle)) is not in it: it cannot be read.",
                "secrets/pin is not in it: its path does not begin with /.",
            ])
        #expect(record.faults == [])
        let names = BackupContents(state: house.state, configuration: house.configuration, spared: nil).items.map(\.name)
        #expect(names.contains { $0.hasSuffix("/password") } && !names.contains { $0.hasSuffix("/large") })
    }

    @Test func `a short passphrase is refused`() async throws {
        let house = try House()
        await #expect(throws: BackupError.refused("A passphrase has at least 10 characters.")) {
            try await Backup(of: house.state, configuration: nil, passphrase: "short", work: 10, now: house.clock.now).make(house.backup, ledger: house.ledger)
        }
    }

    @Test func `two at a time are refused`() async throws {
        let house = try House()
        let workplace = try Workplace(in: house.state.path)
        await #expect(throws: BackupError.refused("Another backup is being made.")) { try await house.make() }
        withExtendedLifetime(workplace) {}
    }

    @Test func `backups that lie in the state directory are in no backup`() throws {
        let house = try House()
        let old = BackupFolder.name(at: house.clock.now())
        try Data("an old one".utf8).write(to: URL(filePath: "\(house.state.path)/\(old)"))
        let names = BackupContents(state: house.state, configuration: nil, spared: house.state.path).items.map(\.name)
        #expect(names.contains("state/files.key") && !names.contains("state/\(old)"))
    }

    @Test func `a terminal that the configuration names is not even opened`() {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        defer { close(master) }
        // TIOCSPTLCK and TIOCGPTN, which the importer does not know.
        var isLocked: Int32 = 0, number: UInt32 = 0
        #expect(ioctl(master, 0x4004_5431, &isLocked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
        #expect(SourceFile("/dev/pts/\(number)") == nil)
        // Whoever opened it and closed it again would have hung up.
        var question = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        #expect(poll(&question, 1, 0) == 0)
    }

    @Test func `a disk that tells of more than there can be has room`() {
        #expect(Room.octets(10, of: 4096) == 40960)
        #expect(Room.octets(.max, of: 4096) > 1 << 60)
        #expect(Room.octets(.max, of: 1) + (1 << 50) > 1 << 60)
    }

    @Test func `a folder that is not there is told`() async throws {
        let house = try House()
        await #expect(throws: BackupError.self) {
            try await Backup(of: house.state, configuration: nil, passphrase: House.passphrase, work: 10, now: house.clock.now)
                .make(house.directory.file("nowhere/b.age"), ledger: house.ledger)
        }
    }
}

@Suite struct BackupDeskTests {
    @Test func `the newest are kept, and what came of the last is known after a start`() async throws {
        let house = try House()
        try FileManager.default.createDirectory(atPath: house.directory.file("disk"), withIntermediateDirectories: true)
        try Data("\(House.passphrase)\n".utf8).write(to: URL(filePath: house.directory.file("passphrase")))
        try (try #require(house.text(of: house.configuration)) + "pin-file: pin\n").write(toFile: house.configuration, atomically: true, encoding: .utf8)
        let desk = try Self.desk(house)
        for _ in 0..<3 {
            let record = await desk.make()
            #expect(record?.faults == [] && record?.omissions.count == 1)
            house.clock.advance(by: .seconds(86400))
        }
        #expect(desk.folder.names().count == 2)
        #expect(desk.nextAt <= house.clock.now())
        #expect(try Self.desk(house).current.log.last == desk.current.log.last)
        #expect(try await Restore.prove(desk.folder.path + "/" + (desk.folder.names().last ?? ""), passphrase: House.passphrase, scratch: house.directory.path).faults == [])
    }

    @Test func `a failure is known, and tried again after an hour`() async throws {
        let house = try House()
        let desk = try Self.desk(house)
        #expect(await desk.make() == nil)
        #expect(desk.current.log.failure?.sentence.contains("cannot be read") == true)
        #expect(desk.nextAt == house.clock.now() + .seconds(3600))
    }

    @Test func `a time that a wrong clock told is not waited for`() async throws {
        let house = try House()
        let desk = try Self.desk(house)
        #expect(await desk.make() == nil)
        house.clock.advance(by: .seconds(-365 * 86400))
        #expect(desk.nextAt == house.clock.now())
        try FileManager.default.createDirectory(atPath: house.directory.file("disk"), withIntermediateDirectories: true)
        try Data("\(House.passphrase)\n".utf8).write(to: URL(filePath: house.directory.file("passphrase")))
        #expect(await desk.make() != nil)
        #expect(desk.nextAt == house.clock.now() + .seconds(86400))
        house.clock.advance(by: .seconds(-365 * 86400))
        #expect(desk.nextAt == house.clock.now())
    }

    @Test func `one that is being made when the daemon ends is given up, and that is no failure`() async throws {
        let house = try House()
        try FileManager.default.createDirectory(atPath: house.directory.file("disk"), withIntermediateDirectories: true)
        try Data("\(House.passphrase)\n".utf8).write(to: URL(filePath: house.directory.file("passphrase")))
        let desk = try Self.desk(house)
        async let made = desk.make()
        while desk.current.progress == nil { await Task.yield() }
        desk.end()
        #expect(await made == nil)
        #expect(desk.current.log == BackupLog() && desk.current.progress == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: desk.folder.path) == [])
    }

    @Test(arguments: [
        ("20261122", ["20261120", "20261121", "20991231"], ["20261121", "20261122"]), ("20200101", ["20261120", "20261121"], ["20200101", "20261121"]),
        ("20261122", [], ["20261122"]),
    ])
    func `the one that was just made stays, whatever a clock said`(_ newest: String, _ others: [String], _ left: [String]) throws {
        let directory = try TemporaryDirectory()
        func name(_ day: String) -> String { "homeline-\(day)T120000Z.tar.age" }
        for day in others + [newest] { try Data("a backup".utf8).write(to: URL(filePath: directory.file(name(day)))) }
        let folder = BackupFolder(path: directory.path)
        folder.keep(2, newest: name(newest))
        #expect(folder.names() == left.map(name))
    }

    @Test func `what was cut off by an end of the machine is deleted, and nothing else`() throws {
        let directory = try TemporaryDirectory()
        for name in ["homeline-20261121T120000Z.tar.age.part", "homeline-20261121T120000Z.tar.age", "film.part"] {
            try Data("octets".utf8).write(to: URL(filePath: directory.file(name)))
        }
        BackupFolder(path: directory.path).clear()
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() == ["film.part", "homeline-20261121T120000Z.tar.age"])
    }

    @Test func `what a command is writing meanwhile is not deleted`() async throws {
        let house = try House()
        try FileManager.default.createDirectory(atPath: house.directory.file("disk"), withIntermediateDirectories: true)
        try Data("\(House.passphrase)\n".utf8).write(to: URL(filePath: house.directory.file("passphrase")))
        let desk = try Self.desk(house), draft = "\(desk.folder.path)/homeline-20261121T120000Z.tar.age.part"
        try Data("octets".utf8).write(to: URL(filePath: draft))
        let workplace = try Workplace(in: house.state.path)
        #expect(await desk.make() == nil)
        #expect(FileManager.default.fileExists(atPath: draft))
        withExtendedLifetime(workplace) {}
    }

    @Test(arguments: [("homeline-20261121T120000Z.tar.age", true), ("homeline-20261121.tar.age", false), ("photos.tar.age", false), ("homeline-../../etc/passwZ.tar.age", false)])
    func `only our own names are backups`(_ name: String, _ isOurs: Bool) {
        #expect(BackupFolder.isOurs(name) == isOurs)
    }

    private static func desk(_ house: House) throws -> BackupDesk {
        let yaml = "country: CH\nlines: {home: {trunk: loopback}}\nbackup: {folder: \(house.directory.file("disk")), keep: 2, passphrase-file: \(house.directory.file("passphrase"))}\n"
        let settings = try #require(try DaemonSettings(yaml: yaml).backup)
        return BackupDesk(
            settings, state: house.state, configuration: house.configuration, ledger: house.ledger, mint: house.mint,
            log: .init(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}
