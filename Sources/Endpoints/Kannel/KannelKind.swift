import Exchange
import HTTPStack
import Kinds
import Logging
import Settings
import Telephony

extension EndpointKind {
    public static let kannel = EndpointKind(
        name: "kannel-api", summary: "Sends for programs that know Kannel's sendsms, and calls back what became of it.", audience: .writer,
        keys: [usernameKey.required, passwordKey.required, hostsKey.documentation],
        serving: { section, context in
            let username = try section.require(usernameKey)
            let password = try section.require(passwordKey)
            let hosts = Set(try section.value(hostsKey, default: []).map { $0.lowercased() })
            guard let sender = LineSender(context) else { throw section.error("lines", "it serves no line to send over") }
            let client = GuardedClient(policy: ClientPolicy(allowedHosts: hosts))
            let reports = ReportCaller(hosts: hosts, client: client, mint: context.mint)
            let endpoint = KannelEndpoint(
                username: username, password: password, logins: PasswordGuard(secrets: [username: password], clock: context.mint),
                sender: sender, reports: reports, log: Logger(label: "kannel-api"))
            let health = Health(.working, "Sends over \(sender.line.id) what is posted to it.")
            return Made(EndpointPorts(id: context.id, service: ClientService(client), messages: endpoint, health: { health }), routes: endpoint.operations)
        })

    private static let usernameKey = Key.text("username", "What callers give as username.", example: "monitoring")
    private static let passwordKey = Key<KnownSecret>.secretFile(
        "password-file", "File with the password that goes with it, on its first line.", example: "/etc/homeline/kannel.secret", least: 8)
    private static let hostsKey = Key.list(
        "dlr-hosts", "Hosts that may be told what became of a text, where the caller's dlr-url names one of them; none where left out.",
        example: "[alerts.example.org]")
}
