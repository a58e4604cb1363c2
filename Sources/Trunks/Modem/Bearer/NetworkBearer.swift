import AT
import Carriers
import HTTPStack

/// The modem's own network interface (ECM, NCM, RNDIS): the context is switched on by AT commands between everybody else's, the
/// interface gets its address from the modem or by DHCP.
actor NetworkBearer: Bearer {
    let settings: BearerSettings
    let modem: any ModemCommands
    let make: DataCommands
    /// The modem's terminal, beside which its interface is found.
    let terminal: String?
    let programs: any Programs
    let kernel: KernelInterfaces
    private var setup: InterfaceSetup?
    private var lease: AddressLease?
    private var isConnected = false

    init(
        settings: BearerSettings, modem: any ModemCommands, make: DataCommands, terminal: String?, programs: any Programs,
        kernel: KernelInterfaces = KernelInterfaces()
    ) {
        self.settings = settings
        self.modem = modem
        self.make = make
        self.terminal = terminal
        self.programs = programs
        self.kernel = kernel
    }

    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        let interface = try interfaceName()
        try await defineContext(carrier)
        try await connect(carrier)
        return try await addressing(interface)
    }

    func release() async {
        await setup?.bringDown(programs)
        await lease?.giveBack()
        (setup, lease) = (nil, nil)
        guard isConnected else { return }
        isConnected = false
        for command in make.disconnect(settings.context) { _ = await modem.perform(command) }
    }

    private func interfaceName() throws(BearerError) -> String {
        if let interface = settings.interface {
            guard kernel.index(of: interface) != nil else { throw .missing("there is no network interface \(interface)") }
            return interface
        }
        guard let found = terminal.flatMap({ kernel.interface(besides: $0) }) else {
            throw .missing("the modem has no network interface that is found by itself: set 'interface' or another 'bearer' in the line's mms section")
        }
        return found
    }

    // MARK: Context

    private func defineContext(_ carrier: CarrierProfile) async throws(BearerError) {
        let number = settings.context
        let accessPoint = try Self.argument(carrier.apn)
        var reply = try await perform(.defineContext(number, .dual, accessPoint: accessPoint))
        if !reply.isOK { reply = try await perform(.defineContext(number, .ipv4, accessPoint: accessPoint)) }
        guard reply.isOK else { throw .refused("the modem takes no access point \(carrier.apn)") }
        guard let user = carrier.user else { return }
        // Makes that lack it take user and password when they connect.
        _ = try await perform(
            .authenticateContext(number, user: try Self.argument(user), password: try Self.argument(carrier.password ?? "none")))
    }

    private func connect(_ carrier: CarrierProfile) async throws(BearerError) {
        let user = try carrier.user.map { text throws(BearerError) in try Self.argument(text) }
        let password = try carrier.password.map { text throws(BearerError) in try Self.argument(text) }
        _ = try await perform(.attachToPacketService)
        for command in make.connect(settings.context, try Self.argument(carrier.apn), user, password) {
            isConnected = true
            let reply = try await perform(command)
            guard reply.isOK else { throw .refused("the network gives no data for access point \(carrier.apn) (\(reply.completion))") }
        }
    }

    // MARK: Address

    private func addressing(_ interface: String) async throws(BearerError) -> BearerContext {
        let told = await parameters()
        switch make.addressing {
        case .told, .toldByHuawei:
            if let told, let setup = setup(interface, told) {
                self.setup = setup
                try await setup.bringUp(programs)
                return setup.context(resolvers: told.resolvers.compactMap { IPAddress($0) })
            }
        case .dhcp:
            break
        }
        return try await addressByDHCP(interface, told: told?.resolvers.compactMap { IPAddress($0) } ?? [])
    }

    /// Whoever looks after the machine's interfaces may have got one already.
    private func addressByDHCP(_ interface: String, told: [IPAddress]) async throws(BearerError) -> BearerContext {
        if let (address, prefixLength) = kernel.address(of: interface) {
            return BearerContext(interface: interface, address: address, prefixLength: prefixLength, resolvers: told)
        }
        _ = try await programs.demand(ProgramCall("ip", ["link", "set", "dev", interface, "up"]), within: .seconds(10))
        let lease = try await AddressLease.obtain(for: interface, programs: programs)
        self.lease = lease
        guard let index = kernel.index(of: interface) else { throw .missing("the network interface \(interface) went away") }
        let setup = InterfaceSetup(
            interface: interface, address: lease.address, prefixLength: lease.prefixLength, gateway: lease.gateway, index: index)
        self.setup = setup
        try await setup.bringUp(programs)
        return setup.context(resolvers: lease.resolvers.isEmpty ? told : lease.resolvers)
    }

    private func parameters() async -> ContextParameters? {
        switch make.addressing {
        case .toldByHuawei:
            await modem.perform(.huaweiAddresses)?.texts.lazy.compactMap { ContextParameters(huaweiLine: $0) }.first
        case .told, .dhcp:
            await modem.perform(.contextParameters(settings.context))?.texts.lazy.compactMap { ContextParameters(line: $0) }.first
        }
    }

    private func setup(_ interface: String, _ told: ContextParameters) -> InterfaceSetup? {
        guard let address = told.address.flatMap({ IPAddress($0) }), let index = kernel.index(of: interface) else { return nil }
        return InterfaceSetup(
            interface: interface, address: address, prefixLength: told.mask.flatMap { IPAddress($0) }?.maskLength ?? 32,
            gateway: told.gateway.flatMap { IPAddress($0) }, index: index)
    }

    // MARK: Modem

    private func perform(_ command: Command) async throws(BearerError) -> Reply {
        guard let reply = await modem.perform(command) else { throw .modemAbsent("the modem is not in service") }
        return reply
    }

    private static func argument(_ text: String) throws(BearerError) -> CommandArgument {
        do {
            return try CommandArgument(quoting: text)
        } catch {
            throw .garbled("the carrier's access point cannot be written as a command (\(error))")
        }
    }
}
