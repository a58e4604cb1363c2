import Carriers
import HTTPStack

/// A modem that speaks QMI: `qmicli` starts the data session and tells its addresses (qmicli(1)).
actor QMIBearer: Bearer {
    let settings: BearerSettings
    let programs: any Programs
    let kernel: KernelInterfaces
    private var session: QMISession?
    private var setup: InterfaceSetup?

    init(settings: BearerSettings, programs: any Programs, kernel: KernelInterfaces = KernelInterfaces()) {
        self.settings = settings
        self.programs = programs
        self.kernel = kernel
    }

    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        guard let port = settings.dataPort else { throw .missing("bearer qmi needs data-port in the line's mms section") }
        guard let interface = settings.interface ?? kernel.interface(besides: port), let index = kernel.index(of: interface) else {
            throw .missing("\(port) has no network interface; set 'interface' in the line's mms section")
        }
        let started = try await programs.demand(QMISession.start(port, carrier), within: .seconds(80))
        guard let session = QMISession(started) else { throw .garbled("qmicli named no session") }
        self.session = session
        let told = try await programs.demand(QMISession.settings(port, session))
        guard let addresses = SessionAddresses(qmi: told) else { throw .garbled("qmicli named no address") }
        let setup = addresses.setup(interface, index: index)
        self.setup = setup
        try await setup.bringUp(programs)
        return setup.context(resolvers: addresses.resolvers)
    }

    func release() async {
        await setup?.bringDown(programs)
        if let session, let port = settings.dataPort { _ = try? await programs.run(QMISession.stop(port, session), within: .seconds(30)) }
        (setup, session) = (nil, nil)
    }
}

/// A data session as `qmicli` names it.
struct QMISession: Hashable, Sendable {
    let handle: String
    /// Its QMI client, which must stay for the session to stay.
    let client: String

    init?(_ output: String) {
        guard let handle = output.quoted(after: "Packet data handle"), let client = output.quoted(after: "CID"), handle.isNumber,
            client.isNumber
        else { return nil }
        self.handle = handle
        self.client = client
    }

    static func start(_ port: String, _ carrier: CarrierProfile) -> ProgramCall {
        var keys = ["apn='\(carrier.apn)'", "ip-type=4"]
        if let user = carrier.user { keys += ["auth=PAP", "username='\(user)'", "password='\(carrier.password ?? "")'"] }
        return ProgramCall(
            "qmicli",
            [
                "-d", port, "-p", "--device-open-net=net-raw-ip|net-no-qos-header", "--wds-start-network=\(keys.joined(separator: ","))",
                "--client-no-release-cid",
            ])
    }

    static func settings(_ port: String, _ session: QMISession) -> ProgramCall {
        ProgramCall("qmicli", ["-d", port, "-p", "--client-cid=\(session.client)", "--client-no-release-cid", "--wds-get-current-settings"])
    }

    static func stop(_ port: String, _ session: QMISession) -> ProgramCall {
        ProgramCall("qmicli", ["-d", port, "-p", "--client-cid=\(session.client)", "--wds-stop-network=\(session.handle)"])
    }
}
