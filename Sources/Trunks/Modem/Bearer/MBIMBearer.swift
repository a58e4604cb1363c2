import Carriers
import HTTPStack

/// A modem that speaks MBIM: `mbimcli` connects the session and tells its addresses (mbimcli(1)).
actor MBIMBearer: Bearer {
    let settings: BearerSettings
    let programs: any Programs
    let kernel: KernelInterfaces
    private var setup: InterfaceSetup?
    private var isConnected = false

    init(settings: BearerSettings, programs: any Programs, kernel: KernelInterfaces = KernelInterfaces()) {
        self.settings = settings
        self.programs = programs
        self.kernel = kernel
    }

    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        guard let port = settings.dataPort else { throw .missing("bearer mbim needs data-port in the line's mms section") }
        guard let interface = settings.interface ?? kernel.interface(besides: port), let index = kernel.index(of: interface) else {
            throw .missing("\(port) has no network interface; set 'interface' in the line's mms section")
        }
        let told = try await programs.demand(Self.connect(port, carrier), within: .seconds(80))
        isConnected = true
        guard let addresses = SessionAddresses(mbim: told) else { throw .garbled("mbimcli named no address") }
        let setup = addresses.setup(interface, index: index)
        self.setup = setup
        try await setup.bringUp(programs)
        return setup.context(resolvers: addresses.resolvers)
    }

    func release() async {
        await setup?.bringDown(programs)
        setup = nil
        guard isConnected, let port = settings.dataPort else { return }
        isConnected = false
        _ = try? await programs.run(Self.disconnect(port), within: .seconds(30))
    }

    /// Through the proxy, which keeps the device open between programs.
    static func connect(_ port: String, _ carrier: CarrierProfile) -> ProgramCall {
        var keys = ["session-id=0", "access-string=\(carrier.apn)", "ip-type=ipv4"]
        if let user = carrier.user { keys += ["auth=PAP", "username=\(user)", "password=\(carrier.password ?? "")"] }
        return ProgramCall("mbimcli", ["-d", port, "-p", "--connect=\(keys.joined(separator: ","))", "--no-close"])
    }

    static func disconnect(_ port: String) -> ProgramCall {
        ProgramCall("mbimcli", ["-d", port, "-p", "--disconnect=0"])
    }
}
