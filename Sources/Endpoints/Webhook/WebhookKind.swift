import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension EndpointKind {
    public static let webhook = EndpointKind(
        name: "webhook", summary: "Posts every message and what became of it to a web server, signed.", audience: .everyone,
        keys: [urlKey.required, secretKey.required, privateKey.documentation, timeoutKey.documentation]
    ) { section, context in
        let url = try section.require(urlKey)
        let isPrivate = try section.value(privateKey, default: false)
        let settings = WebhookSettings(
            url: url, secret: try section.require(secretKey), timeout: try section.value(timeoutKey, default: .seconds(10)))
        let client = GuardedClient(policy: ClientPolicy(allowedHosts: isPrivate ? [url.host] : []))
        let endpoint = WebhookEndpoint(settings: settings, client: client, clock: context.mint)
        return EndpointPorts(
            id: context.id, service: ClientService(client), messages: endpoint, health: { endpoint.health })
    }

    private static let urlKey = Key<WebURL>(
        "url", "Where to post to: http or https.", example: "https://hooks.example.org/homeline"
    ) { node throws(Key<WebURL>.Reason) in
        guard case .scalar(let text) = node.content, let url = WebURL(text) else {
            throw Key<WebURL>.Reason("an http or https URL expected, without a user name")
        }
        return url
    }

    private static let secretKey = Key<String>(
        "secret-file", "File with the secret that the receiver checks X-Homeline-Signature with; its first line counts.",
        example: "/etc/homeline/webhook.secret"
    ) { node throws(Key<String>.Reason) in
        guard case .scalar(let path) = node.content else { throw Key<String>.Reason("a file name expected") }
        guard let secret = SecretFile.firstLine(of: path) else { throw Key<String>.Reason("the file \(path) cannot be read") }
        guard secret.utf8.count >= 16 else { throw Key<String>.Reason("the secret in \(path) is shorter than 16 characters") }
        return secret
    }

    private static let privateKey = Key.toggle(
        "private", "Whether the server may be on this machine or in a private network.", example: "no")
    private static let timeoutKey = Key.duration("timeout", "How long the server may take to answer.", example: "10s")
}
