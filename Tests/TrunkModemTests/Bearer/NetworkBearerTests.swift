import AT
import Carriers
import Foundation
import HTTPStack
import Testing

@testable import TrunkModem

@Suite struct NetworkBearerTests {
    static func settings(_ change: (inout BearerSettings) -> Void = { _ in }) -> BearerSettings {
        var settings = BearerSettings()
        // An interface that every machine has.
        settings.interface = "lo"
        change(&settings)
        return settings
    }

    static func told(_ line: String) -> Reply { Reply(lines: [.init(line)], completion: .result(.ok)) }

    @Test func `Huawei's context comes up by NDISDUP with the address that DHCP? tells`() async throws {
        // A recorded answer of an E398, octets last first.
        let modem = ScriptedCommands([("AT^DHCP?", Self.told("^DHCP: A4F6280A,FCFFFFFF,A5F6280A,A5F6280A,3500A8C0,3600A8C0,100000000,50000000"))])
        let programs = ScriptedPrograms()
        let bearer = NetworkBearer(settings: Self.settings(), modem: modem, make: .huawei, terminal: nil, programs: programs)
        let context = try await bearer.open(.example)
        #expect(context == BearerContext(
            interface: "lo", address: IPAddress("10.40.246.164"), prefixLength: 30,
            resolvers: ["192.168.0.53", "192.168.0.54"].compactMap { IPAddress($0) }))
        #expect(modem.commands == [
            "AT+CGDCONT=1,\"IPV4V6\",\"mms.example\"", "AT+CGAUTH=1,1,\"guest\",\"secret\"", "AT+CGATT=1",
            "AT^NDISDUP=1,1,\"mms.example\",\"guest\",\"secret\",1", "AT^DHCP?",
        ])
        let index = try #require(KernelInterfaces().index(of: "lo"))
        #expect(programs.calls == [
            "ip -4 rule del oif lo lookup \(20_000 + index)", "ip -4 link set dev lo up", "ip -4 address replace 10.40.246.164/30 dev lo noprefixroute",
            "ip -4 route replace default via 10.40.246.165 dev lo table \(20_000 + index) onlink", "ip -4 rule add oif lo lookup \(20_000 + index)",
        ])
        await bearer.release()
        #expect(modem.commands.last == "AT^NDISDUP=1,0")
        #expect(programs.calls.count == 9)
    }

    @Test func `Sierra's address comes from CGCONTRDP`() async throws {
        let modem = ScriptedCommands([
            ("AT+CGCONTRDP", Self.told("+CGCONTRDP: 1,5,\"mms.example\",\"10.1.2.3.255.255.255.0\",\"10.1.2.1\",\"10.0.0.53\",\"0.0.0.0\""))
        ])
        let bearer = NetworkBearer(settings: Self.settings(), modem: modem, make: .sierra, terminal: nil, programs: ScriptedPrograms())
        let context = try await bearer.open(.example)
        #expect(context.address == IPAddress("10.1.2.3"))
        #expect(context.prefixLength == 24)
        #expect(context.resolvers == [IPAddress("10.0.0.53")])
        #expect(modem.commands.contains("AT!SCACT=1,1"))
    }

    @Test func `an interface that has its address already is used as it is`() async throws {
        let modem = ScriptedCommands()
        let programs = ScriptedPrograms()
        let bearer = NetworkBearer(settings: Self.settings { $0.context = 3 }, modem: modem, make: .standard, terminal: nil, programs: programs)
        let context = try await bearer.open(.example)
        #expect(context.address == IPAddress("127.0.0.1"))
        #expect(modem.commands.contains("AT+CGACT=1,3"))
        #expect(programs.calls.isEmpty)
        await bearer.release()
        #expect(modem.commands.last == "AT+CGACT=0,3")
    }

    @Test func `a modem that knows one kind of context gets that`() async throws {
        let modem = ScriptedCommands([("AT+CGDCONT=1,\"IPV4V6\"", Reply(completion: .result(.error)))])
        let bearer = NetworkBearer(settings: Self.settings(), modem: modem, make: .standard, terminal: nil, programs: ScriptedPrograms())
        _ = try await bearer.open(.example)
        #expect(modem.commands.contains("AT+CGDCONT=1,\"IP\",\"mms.example\""))
    }

    @Test func `a refused context is said to be refused, and is switched off`() async throws {
        let modem = ScriptedCommands([("AT+CGACT=1", Reply(completion: .result(.equipment(.init(text: "148")))))])
        let bearer = NetworkBearer(settings: Self.settings(), modem: modem, make: .standard, terminal: nil, programs: ScriptedPrograms())
        let error = await #expect(throws: BearerError.self) { try await bearer.open(.example) }
        guard case .refused = error else { throw Unexpected("\(String(describing: error))") }
        await bearer.release()
        #expect(modem.commands.last == "AT+CGACT=0,1")
    }

    @Test func `when an address cannot be set nothing stays`() async throws {
        let modem = ScriptedCommands([("AT+CGCONTRDP", Self.told("+CGCONTRDP: 1,5,\"x\",\"10.1.2.3.255.255.255.0\",\"10.1.2.1\",\"10.0.0.53\""))])
        let programs = ScriptedPrograms([("address replace", ProgramResult(status: 2, errors: "RTNETLINK answers: Operation not permitted\n"))])
        let bearer = NetworkBearer(settings: Self.settings(), modem: modem, make: .sierra, terminal: nil, programs: programs)
        await #expect(throws: BearerError.refused("ip: RTNETLINK answers: Operation not permitted")) { try await bearer.open(.example) }
        #expect(programs.calls.last == "ip -4 link set dev lo down")
    }

    @Test func `no modem, no interface and no name are each said`() async throws {
        func error(_ settings: BearerSettings, _ modem: ScriptedCommands, _ carrier: CarrierProfile = .example) async -> BearerError? {
            let bearer = NetworkBearer(settings: settings, modem: modem, make: .standard, terminal: nil, programs: ScriptedPrograms())
            do {
                _ = try await bearer.open(carrier)
                return nil
            } catch {
                return error
            }
        }
        #expect(await error(Self.settings(), ScriptedCommands(isPresent: false)) == .modemAbsent("the modem is not in service"))
        guard case .missing = await error(Self.settings { $0.interface = "nowhere9" }, ScriptedCommands()) else { throw Unexpected("an interface") }
        guard case .missing = await error(Self.settings { $0.interface = nil }, ScriptedCommands()) else { throw Unexpected("an interface") }
        var odd = CarrierProfile.example
        odd.apn = "a\"\r\nAT+CFUN=0"
        guard case .garbled = await error(Self.settings(), ScriptedCommands(), odd) else { throw Unexpected("a context") }
    }

    @Test func `the interface is found beside the modem's terminal`() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("sys-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        // As an EC25 in ECM mode looks: terminals on interfaces 2 to 5, its network on 0.
        let device = "\(root.path)/devices/usb1/1-2"
        for folder in ["1-2:1.0/net/usb0", "1-2:1.2/ttyUSB2/tty/ttyUSB2", "1-2:1.4/usbmisc/cdc-wdm0"] {
            try FileManager.default.createDirectory(atPath: "\(device)/\(folder)", withIntermediateDirectories: true)
        }
        try Data("2c7c\n".utf8).write(to: URL(fileURLWithPath: "\(device)/idVendor"))
        for (name, kind, place) in [("ttyUSB2", "tty", "1-2:1.2/ttyUSB2"), ("cdc-wdm0", "usbmisc", "1-2:1.4")] {
            try FileManager.default.createDirectory(atPath: "\(root.path)/class/\(kind)/\(name)", withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: "\(root.path)/class/\(kind)/\(name)/device", withDestinationPath: "\(device)/\(place)")
        }
        let kernel = KernelInterfaces(root: root.path)
        #expect(kernel.interface(besides: "/dev/ttyUSB2") == "usb0")
        #expect(kernel.interface(besides: "/dev/cdc-wdm0") == "usb0")
        #expect(kernel.interface(besides: "/dev/ttyUSB9") == nil)
    }

    @Test func `a lease is read from the client's own file`() throws {
        // As dhclient 4.4.3 writes it; the last lease counts.
        let text = """
            lease {
              interface "usb0";
              fixed-address 192.168.1.9;
              option subnet-mask 255.255.255.0;
            }
            lease {
              interface "usb0";
              fixed-address 192.168.225.30;
              option subnet-mask 255.255.255.0;
              option routers 192.168.225.1;
              option dhcp-lease-time 43200;
              option domain-name-servers 192.168.225.1,10.0.0.53;
              renew 6 2026/11/21 12:00:00;
            }
            """
        let client = StayingProgram(lines: AsyncStream { $0.finish() }, stop: {})
        let lease = try #require(AddressLease(leaseFile: text, client: client, directory: "/nowhere"))
        #expect(lease.address == IPAddress("192.168.225.30"))
        #expect(lease.prefixLength == 24)
        #expect(lease.gateway == IPAddress("192.168.225.1"))
        #expect(lease.resolvers.map(\.description) == ["192.168.225.1", "10.0.0.53"])
        #expect(AddressLease(leaseFile: "nothing", client: client, directory: "/nowhere") == nil)
    }
}
