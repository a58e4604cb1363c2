import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension EndpointKind {
    public static let smsEagle = EndpointKind(
        name: "smseagle-api", summary: "Sends for programs that know the HTTP interface of an SMSEagle: Nagios, Icinga, PRTG and others.", audience: .nobody,
        keys: [tokenKey.required, loginKey.documentation],
        serving: { section, context in
            let secret = try section.require(tokenKey)
            let login = try section.optional(loginKey)
            guard let sender = LineSender(context) else { throw section.error("lines", "it serves no line to send over") }
            let access = EagleAccess(secret: secret, login: login, guarding: SecretGuard(mint: context.mint))
            let health = Health(.working, "Sends over \(sender.line.id) what is posted to it.")
            return Made(EndpointPorts(id: context.id, service: IdleService(), health: { health }), routes: SMSEagle(access: access, sender: sender).operations)
        })

    private static let tokenKey = Key<KnownSecret>.secretFile(
        "token-file", "File with the access_token that callers give, on its first line.", example: "/etc/homeline/smseagle.secret")
    private static let loginKey = Key.text(
        "login", "A login name for callers that know no tokens; their pass is the token. None where left out.", example: "monitoring")
}
