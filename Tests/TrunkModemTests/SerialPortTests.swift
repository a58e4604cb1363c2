import Glibc
import NIOPosix
import Simulator
import Testing

@testable import Runtime
@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct SerialPortTests {
    /// A virtual modem on a terminal, for as long as `body` runs.
    static func withTerminal(_ body: @Sendable (String, ModemHost) async throws -> Void) async throws {
        let link = "/tmp/modem-\(UInt64.random(in: 0...UInt64.max))"
        let host = ModemHost(on: MultiThreadedEventLoopGroup.singleton.next(), clock: { 1_800_000_000 })
        do {
            try await host.add(VirtualModem(personality: .e1750, sim: SIMCard(number: VirtualModemTests.number)), on: [.pseudoTerminal(link: link)])
            try await body(link, host)
        } catch {
            await host.close()
            throw error
        }
        await host.close()
    }

    static let ports = SystemSerialPorts(lockFile: .none)

    @Test func `a modem on a terminal is asked who it is`() async throws {
        try await Self.withTerminal { link, _ in
            let found = try await ModemFinder(ports: Self.ports).find(.place(.device(path: link)))
            #expect(found.manufacturer == "huawei" && found.model == "E1750")
        }
    }

    @Test func `a port that is open cannot be opened again`() async throws {
        try await Self.withTerminal { link, _ in
            let place = SerialPlace.device(path: link)
            try await Self.ports.withPort(at: place) { _ in
                let error = await #expect(throws: SerialError.self) { try await Self.ports.withPort(at: place) { _ in } }
                // Root may open it in spite of TIOCEXCL and then meets the lock.
                #expect(error == .taken(place, by: nil))
            }
            // A program that another test starts has every descriptor of ours, and the lock with it, until it runs.
            while (try? await Self.ports.withPort(at: place) { _ in }) == nil { await Task.yield() }
        }
    }

    @Test(arguments: ["/nowhere/tty", "/dev/null", "/tmp"])
    func `what is no serial device is refused with its reason`(path: String) async throws {
        let error = await #expect(throws: SerialError.self) { try await Self.ports.withPort(at: .device(path: path)) { _ in } }
        #expect(error.map { "\($0)".contains(path) } == true)
    }

    @Test func `a server that is not there is told as absent`() async throws {
        let place = try #require(SerialPlace("tcp:127.0.0.1:1"))
        let error = await #expect(throws: SerialError.self) { try await Self.ports.withPort(at: place) { _ in } }
        #expect(error == .absent(place))
    }

    @Test func `a device that is pulled out ends what is read from it`() async throws {
        try await Self.withTerminal { link, host in
            try await Self.ports.withPort(at: .device(path: link)) { port in
                await host.inject(.vanish(for: nil), into: VirtualModemTests.number)
                for try await _ in port.inbound {}
            }
        }
    }

    @Test func `a lock file names its owner, keeps others out and goes with its port`() async throws {
        let directory = "/tmp/lock-\(UInt64.random(in: 0...UInt64.max))"
        try #require(mkdir(directory, 0o700) == 0)
        defer { rmdir(directory) }
        try await Self.withTerminal { link, _ in
            let ports = SystemSerialPorts(lockFile: .written(in: directory))
            let names = try await ports.withPort(at: .device(path: link)) { _ in DirectoryEntries.all(of: directory) }
            #expect(names.count == 1 && names[0].hasPrefix("LCK.."))
            #expect(DirectoryEntries.all(of: directory) == [])
            let path = "\(directory)/\(names[0])"
            let descriptor = open(path, O_WRONLY | O_CREAT, 0o644)
            #expect(write(descriptor, "         1\n", 11) == 11)
            close(descriptor)
            let error = await #expect(throws: SerialError.self) { try await ports.withPort(at: .device(path: link)) { _ in } }
            #expect(error == .taken(.device(path: link), by: "process 1 (\(path))"))
            unlink(path)
        }
    }

    @Test func `a lock of a killed process is no lock, though its number went to another`() async throws {
        let directory = "/tmp/lock-\(UInt64.random(in: 0...UInt64.max))"
        try #require(mkdir(directory, 0o700) == 0)
        defer { rmdir(directory) }
        try await Self.withTerminal { link, _ in
            let ports = SystemSerialPorts(lockFile: .written(in: directory))
            let name = try await ports.withPort(at: .device(path: link)) { _ in try #require(DirectoryEntries.all(of: directory).first) }
            let descriptor = open("\(directory)/\(name)", O_WRONLY | O_CREAT, 0o644)
            let line = "\(getppid())\n"
            #expect(write(descriptor, line, line.utf8.count) == line.utf8.count)
            // Written in 2001, long before the process of this number began.
            let then = timespec(tv_sec: 1_000_000_000, tv_nsec: 0)
            #expect(futimens(descriptor, [then, then]) == 0)
            close(descriptor)
            while (try? await ports.withPort(at: .device(path: link)) { _ in }) == nil { await Task.yield() }
            #expect(DirectoryEntries.all(of: directory) == [])
        }
    }

    @Test func `a process tells when it started and what it has open`() async throws {
        try await Self.withTerminal { link, _ in
            let own = RunningProcess(number: getpid())
            #expect(own.isAlive)
            let age = try Double(time(nil)) - #require(own.started)
            #expect((-2...86_400).contains(age))
            try await Self.ports.withPort(at: .device(path: link)) { _ in #expect(own.hasOpen(device: link) == true) }
            #expect(own.hasOpen(device: "/dev/null/none") == nil)
            #expect(RunningProcess(number: 1 << 30).isAlive == false)
        }
    }
}
