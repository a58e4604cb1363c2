import Exchange
import HTTPStack
import Kinds
import Logging
import Settings
import Telephony

extension TrunkKind {
    public static let hilink = TrunkKind(
        name: "hilink", summary: "A SIM in a Huawei LTE stick or router with a web page (HiLink): E3372h, B315, B525 and kin.", keys: HiLinkSettings.keys
    ) { section, context in
        let settings = try HiLinkSettings(line: context.line, section: &section)
        guard let numbers = NumberPlan(country: context.country) else {
            throw section.error("country", "\(context.country) is no country with telephones")
        }
        // The owner named the router, so it may be in a private network; nothing else may.
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: [settings.address.host]))
        let environment = HiLinkEnvironment(
            client: client, inbox: context.inbox, notices: context.notices, numbers: numbers,
            refused: RefusedSecretsDirectory(context.directory),
            fetch: fetch, now: { context.mint.now() }, pause: context.pause,
            nonce: { lowercaseHex((0..<32).map { _ in UInt8.random(in: .min ... .max) }) }, logger: Logger(label: "homeline.hilink"))
        let trunk = HiLinkTrunk(settings: settings, environment: environment)
        return trunk.ports(over: client)
    }
}

/// Picture messages are rare, and each may be on another server: the client lives as long as the request.
@Sendable private func fetch(_ request: OutgoingRequest, named hosts: Set<String>) async throws(Failure) -> OutgoingAnswer {
    let client = GuardedClient(policy: ClientPolicy(allowedHosts: hosts))
    let answer: Result<OutgoingAnswer, Failure>
    do {
        answer = .success(try await client.send(request))
    } catch {
        answer = .failure(error)
    }
    await client.close()
    return try answer.get()
}

extension HiLinkTrunk {
    /// What this trunk offers to the exchange; its connections end with its service.
    nonisolated func ports(over client: GuardedClient) -> TrunkPorts {
        TrunkPorts(
            line: settings.line, service: HiLinkService(trunk: self, client: client), messages: self, capacity: 1, ussd: self, multimedia: pictures,
            health: { await self.health })
    }
}

private struct HiLinkService: Service {
    let trunk: HiLinkTrunk
    let client: GuardedClient

    func run() async throws {
        try await trunk.run()
        await client.close()
    }
}
