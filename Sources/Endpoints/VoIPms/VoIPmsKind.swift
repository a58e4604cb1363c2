import Exchange
import HTTPStack
import Kinds
import Logging
import Settings
import Telephony

extension EndpointKind {
    public static let voipms = EndpointKind(
        name: "voipms", summary: "Programs made for VoIP.ms: its API, its callbacks and its webhook, over your own lines.", audience: .receivers,
        keys: VoIPmsSettings.keys, receivers: { section, lines in
            var section = section
            return try VoIPmsSettings(&section, lines: lines).receivers
        }
    ) { section, context in
        let settings = try VoIPmsSettings(&section, lines: context.lines.map(\.id))
        let log = Logger(label: "voipms")
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: settings.privateHosts))
        let publicClient = GuardedClient(policy: ClientPolicy(allowedHosts: settings.mediaHosts))
        let appClient = GuardedClient(policy: ClientPolicy())
        let service = VoIPms(settings: settings, context: context, client: client, publicClient: publicClient, appClient: appClient, log: log)
        let ports = EndpointPorts(
            id: context.id, service: VoIPmsConnections(service: service, clients: [client, publicClient, appClient], settings: settings, log: log), messages: service,
            health: { await service.health() })
        return Made(ports, routes: service.restRoutes + LookAlike(service: service).routes + SOAPService(service: service).routes)
    }
}

/// Keeps the clients' connections for as long as the endpoint runs.
private struct VoIPmsConnections: Service {
    let service: VoIPms
    let clients: [GuardedClient]
    let settings: VoIPmsSettings
    let log: Logger

    func run() async throws {
        if !settings.openOn.isEmpty {
            log.warning("\(LookAlike.path) asks nobody in these ranges for a password", metadata: ["ranges": "\(settings.openOn)"])
        }
        service.adoptCallbacks()
        await WakeSignal().untilCancelled()
        for client in clients { await client.close() }
    }
}
