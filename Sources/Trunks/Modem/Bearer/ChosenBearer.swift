import Carriers
import Runtime

/// The bearer of a line: the kind that the settings name, or that fits the modem which serves at the moment.
actor ChosenBearer: Bearer {
    private let settings: BearerSettings
    private let access: ModemAccess
    private let programs: any Programs
    private var open: (any Bearer)?

    init(settings: BearerSettings, access: ModemAccess, programs: any Programs) {
        self.settings = settings
        self.access = access
        self.programs = programs
    }

    func open(_ carrier: CarrierProfile) async throws(BearerError) -> BearerContext {
        let bearer = bearer()
        guard bearer is HostBearer || !carrier.apn.isEmpty else {
            throw .missing("the carrier's access point is not known: set 'apn' in the line's mms section")
        }
        open = bearer
        return try await bearer.open(carrier)
    }

    func release() async {
        await open?.release()
        open = nil
    }

    private func bearer() -> any Bearer {
        let facts = access.facts
        return switch settings.kind ?? facts.bearer {
        case .host: HostBearer(interface: settings.interface, resolvers: settings.resolvers)
        case .network:
            NetworkBearer(settings: settings, modem: access, make: facts.dataCommands, terminal: facts.terminal, programs: programs)
        case .ppp: PPPBearer(settings: settings, modem: access, programs: programs)
        case .qmi: QMIBearer(settings: settings, programs: programs)
        case .mbim: MBIMBearer(settings: settings, programs: programs)
        }
    }
}
