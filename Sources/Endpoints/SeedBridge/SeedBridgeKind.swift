import Exchange
import Files
import HTTPStack
import Kinds
import Settings

extension EndpointKind {
    public static let seedBridge = EndpointKind(
        name: "seed-bridge", summary: "The HTTP endpoints of sms-bridge-linphone, for what was built around it.", audience: .nobody,
        keys: [secretKey.required, openKey.documentation],
        serving: { section, context in
            let secret = try section.require(secretKey)
            let ranges = try section.value(openKey, default: [])
            guard let sender = LineSender(context) else { throw section.error("lines", "it serves no line to send over") }
            let client = GuardedClient(policy: ClientPolicy())
            let access = SeedAccess(secret: secret, openOn: ranges, guarding: SecretGuard(mint: context.mint))
            let bridge = SeedBridge(
                access: access, sender: sender, files: SentFiles(reader: SentMediaReader(client: client, media: context.media)), lines: context.lines)
            let health = SeedBridgeHealth(line: sender.line.id, openOn: ranges)
            let ports = EndpointPorts(
                id: context.id, service: SeedBridgeService(id: context.id, client: client, health: health), health: { health.current })
            return Made(ports, routes: bridge.operations)
        })

    private static let secretKey = Key<KnownSecret>.secretFile(
        "secret-file", "File with what the old bridge called BRIDGE_SECRET, on its first line; callers send it as a bearer token.",
        example: "/etc/homeline/bridge.secret")
    private static let openKey = Key<[NetworkRange]>(
        "open-on", "Private ranges whose callers may send without the secret through /sip/message and /test/fossify, as the old bridge let anybody. "
            + "Whoever reaches Homeline from there sends texts at your cost.", example: "[10.0.0.0/8]"
    ) { node throws(Key<[NetworkRange]>.Reason) in
        let nodes = if case .list(let nodes) = node.content { nodes } else { [node] }
        var ranges: [NetworkRange] = []
        for node in nodes {
            guard case .scalar(let text) = node.content, let range = NetworkRange(text) else {
                throw Key<[NetworkRange]>.Reason("a list of address ranges expected, such as [10.0.0.0/8]")
            }
            guard range.isPrivate else {
                throw Key<[NetworkRange]>.Reason("\(text) is not a private range: strangers on the internet could send texts at your cost")
            }
            ranges.append(range)
        }
        return ranges
    }
}
