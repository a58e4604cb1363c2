import Glibc
import NIOPosix
import Runtime
import Simulator
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(1))) struct SerialPortTests {
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
            try await Self.ports.withPort(at: place) { _ in }
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
            let names = try await ports.withPort(at: .device(path: link)) { _ in Self.entries(of: directory) }
            #expect(names.count == 1 && names[0].hasPrefix("LCK.."))
            #expect(Self.entries(of: directory) == [])
            let path = "\(directory)/\(names[0])"
            let descriptor = open(path, O_WRONLY | O_CREAT, 0o644)
            #expect(write(descriptor, "         1\n", 11) == 11)
            close(descriptor)
            let error = await #expect(throws: SerialError.self) { try await ports.withPort(at: .device(path: link)) { _ in } }
            #expect(error == .taken(.device(path: link), by: "process 1 (\(path))"))
            unlink(path)
        }
    }

    static func entries(of directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
