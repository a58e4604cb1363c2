import Carriers
import Foundation
import Glibc
import HTTPStack
import Testing

@testable import TrunkModem

@Suite(.timeLimit(.minutes(10))) struct ProgramBearerTests {
    static func settings(_ port: String) -> BearerSettings {
        var settings = BearerSettings()
        settings.dataPort = port
        settings.interface = "lo"
        return settings
    }

    // MARK: QMI, in the words of qmicli 1.32

    static let started = """
        [/dev/cdc-wdm0] Network started
        	Packet data handle: '2264423824'
        [/dev/cdc-wdm0] Client ID not released:
        	Service: 'wds'
        	    CID: '20'

        """
    static let current = """
        [/dev/cdc-wdm0] Current settings retrieved:
                   IP Family: IPv4
                IPv4 address: 10.67.71.129
            IPv4 subnet mask: 255.255.255.252
        IPv4 gateway address: 10.67.71.130
            IPv4 primary DNS: 172.16.38.19
          IPv4 secondary DNS: 172.16.38.20
                         MTU: 1500
                     Domains: none

        """

    @Test func `a QMI session is started, asked for its addresses, and stopped by its own name`() async throws {
        let programs = ScriptedPrograms([
            ("--wds-start-network", ProgramResult(status: 0, output: Self.started)),
            ("--wds-get-current-settings", ProgramResult(status: 0, output: Self.current)),
        ])
        let bearer = QMIBearer(settings: Self.settings("/dev/cdc-wdm0"), programs: programs)
        let context = try await bearer.open(.example)
        #expect(context == BearerContext(
            interface: "lo", address: IPAddress("10.67.71.129"), prefixLength: 30, resolvers: ["172.16.38.19", "172.16.38.20"].compactMap { IPAddress($0) }))
        #expect(programs.calls.first == "qmicli -d /dev/cdc-wdm0 -p --device-open-net=net-raw-ip|net-no-qos-header "
            + "--wds-start-network=apn='mms.example',ip-type=4,auth=PAP,username='guest',password='secret' --client-no-release-cid")
        await bearer.release()
        #expect(programs.calls.last == "qmicli -d /dev/cdc-wdm0 -p --client-cid=20 --wds-stop-network=2264423824")
    }

    @Test func `what qmicli complains of is what the owner reads`() async throws {
        let words = "error: couldn't start network: QMI protocol error (14): 'CallFailed'\ncall end reason (3): generic-no-service\n"
        let programs = ScriptedPrograms([("--wds-start-network", ProgramResult(status: 1, errors: words))])
        let bearer = QMIBearer(settings: Self.settings("/dev/cdc-wdm0"), programs: programs)
        await #expect(throws: BearerError.refused("qmicli: call end reason (3): generic-no-service")) { try await bearer.open(.example) }
    }

    @Test(arguments: ["", "nonsense", "\tPacket data handle: 'x; rm'\n\tCID: '20'", "\tPacket data handle: '1'"])
    func `an output that names no session is garbled`(output: String) async throws {
        let bearer = QMIBearer(
            settings: Self.settings("/dev/cdc-wdm0"), programs: ScriptedPrograms([("--wds-start-network", ProgramResult(status: 0, output: output))]))
        await #expect(throws: BearerError.garbled("qmicli named no session")) { try await bearer.open(.example) }
    }

    // MARK: MBIM, in the words of mbimcli 1.28

    static let connected = """
        [/dev/cdc-wdm0] Successfully connected

        [/dev/cdc-wdm0] Connection status:
        	      Session ID: '0'
        	Activation state: 'activated'
        	Voice call state: 'none'
        	         IP type: 'ipv4'
        	    Context type: 'internet'
        	   Network error: 'unknown'

        [/dev/cdc-wdm0] IPv4 configuration available: 'address, gateway, dns, mtu'
             IP [0]: '10.184.40.60/29'
            Gateway: '10.184.40.61'
            DNS [0]: '10.4.58.204'
            DNS [1]: '10.4.27.70'
                MTU: '1500'

        [/dev/cdc-wdm0] IPv6 configuration available: 'none'
        [/dev/cdc-wdm0] Session not closed:
        	    TRID: '3'

        """

    @Test func `an MBIM session is connected with its addresses, and disconnected`() async throws {
        let programs = ScriptedPrograms([("--connect", ProgramResult(status: 0, output: Self.connected))])
        let bearer = MBIMBearer(settings: Self.settings("/dev/cdc-wdm0"), programs: programs)
        let context = try await bearer.open(.example)
        #expect(context == BearerContext(
            interface: "lo", address: IPAddress("10.184.40.60"), prefixLength: 29, resolvers: ["10.4.58.204", "10.4.27.70"].compactMap { IPAddress($0) }))
        #expect(programs.calls.first == "mbimcli -d /dev/cdc-wdm0 -p "
            + "--connect=session-id=0,access-string=mms.example,ip-type=ipv4,auth=PAP,username=guest,password=secret --no-close")
        await bearer.release()
        #expect(programs.calls.last == "mbimcli -d /dev/cdc-wdm0 -p --disconnect=0")
    }

    // MARK: PPP, in the words of pppd 2.4.9

    static let dialled = [
        "Serial connection established.", "Using interface ppp0", "Connect: ppp0 <--> /dev/ttyUSB0", "PAP authentication succeeded",
        "local  IP address 10.141.7.22", "remote IP address 10.64.64.64", "primary   DNS address 10.11.12.13", "secondary DNS address 10.11.12.14",
    ]

    @Test func `PPP is up when pppd has told all addresses`() async throws {
        let programs = ScriptedPrograms(staying: [("pppd", Self.dialled)])
        let modem = ScriptedCommands()
        let bearer = PPPBearer(settings: Self.settings("/dev/ttyUSB0"), modem: modem, programs: programs)
        let context = try await bearer.open(.example)
        #expect(context == BearerContext(
            interface: "ppp0", address: IPAddress("10.141.7.22"), prefixLength: 32, resolvers: ["10.11.12.13", "10.11.12.14"].compactMap { IPAddress($0) }))
        #expect(modem.commands == ["AT+CGDCONT=1,\"IP\",\"mms.example\""])
        await bearer.release()
        #expect(programs.stopped == 1)
    }

    @Test func `a network without resolvers is up when its script is started`() {
        var progress = PPPProgress()
        for line in Self.dialled.dropLast(2) { progress.read(line) }
        #expect(progress.context == nil)
        progress.read("Script /bin/true started (pid 4711)")
        #expect(progress.context?.interface == "ppp0")
    }

    @Test func `the last word of a pppd that failed is the reason`() async throws {
        let bearer = PPPBearer(
            settings: Self.settings("/dev/ttyUSB0"), modem: ScriptedCommands(),
            programs: ScriptedPrograms(staying: [("pppd", ["Using interface ppp0", "PAP authentication failed", "Exit."])]))
        await #expect(throws: BearerError.refused("PAP authentication failed")) { try await bearer.open(.example) }
    }

    // MARK: The real programs

    static let isRoot = getuid() == 0

    static func isInstalled(_ program: String) -> Bool {
        ["/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"].contains { FileManager.default.isExecutableFile(atPath: $0 + program) }
    }

    @Test(.enabled(if: isInstalled("pppd") && isRoot)) func `the real pppd takes our arguments`() async throws {
        let call = PPPBearer.call(port: "/dev/null", context: 1, user: "guest", password: "secret")
        // Where the kernel has no PPP it says so, with another status than for options it does not know (pppd(8), EXIT STATUS).
        let badOption: Int32 = 2
        let result = try await SystemPrograms().run(ProgramCall(call.program, call.arguments + ["dryrun"]), within: .seconds(20))
        #expect(result.status != nil && result.status != badOption, "\(result)")
        let wrong = try await SystemPrograms().run(ProgramCall(call.program, call.arguments + ["nonsense", "dryrun"]), within: .seconds(20))
        #expect(wrong.status == badOption)
    }

    @Test(.enabled(if: isInstalled("qmicli"))) func `the real qmicli takes our arguments, and misses only the device`() async throws {
        let session = try #require(QMISession(Self.started))
        for call in [QMISession.start("/dev/nowhere", .example), QMISession.settings("/dev/nowhere", session), QMISession.stop("/dev/nowhere", session)] {
            let result = try await SystemPrograms().run(call, within: .seconds(20))
            #expect(!result.isSuccess)
            #expect(result.errors.contains("/dev/nowhere") && !result.errors.contains("option"), "\(result)")
        }
    }

    @Test(.enabled(if: isInstalled("mbimcli"))) func `the real mbimcli takes our arguments, and misses only the device`() async throws {
        for call in [MBIMBearer.connect("/dev/nowhere", .example), MBIMBearer.disconnect("/dev/nowhere")] {
            let result = try await SystemPrograms().run(call, within: .seconds(20))
            #expect(!result.isSuccess)
            #expect(result.errors.contains("/dev/nowhere") && !result.errors.contains("option"), "\(result)")
        }
    }

    @Test func `a program that is not there is named with its package`() async {
        await #expect(throws: BearerError.missing("no-such-program is not installed")) {
            try await SystemPrograms().run(ProgramCall("no-such-program", []), within: .seconds(1))
        }
    }

    @Test func `a program that takes too long is ended`() async throws {
        let error = await #expect(throws: BearerError.self) { try await SystemPrograms().run(ProgramCall("sleep", ["600"]), within: .milliseconds(50)) }
        #expect(error == .timeout("sleep takes too long"))
    }

    @Test func `a program beside us is heard line by line and ended`() async throws {
        let program = try SystemPrograms().stay(ProgramCall("sh", ["-c", "echo one; echo two >&2; exec sleep 600"]))
        var lines: [String] = []
        for await line in program.lines {
            lines.append(line)
            if lines.count == 2 { break }
        }
        #expect(Set(lines) == ["one", "two"])
        await program.stop()
    }
}
