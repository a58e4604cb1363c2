import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension EndpointKind {
    public static let verification = EndpointKind(
        name: "verification", summary: "Proves that a number is somebody's, by a code sent to it, for programs of yours.", audience: .nobody,
        keys: VerificationSettings.keys,
        serving: { section, context in
            let settings = try VerificationSettings(&section)
            guard let sender = LineSender(context) else { throw section.error("lines", "it serves no line to send over") }
            let desk = VerificationDesk(settings: settings, sender: sender, context: context)
            let ports = EndpointPorts(id: context.id, service: IdleService(), health: { await desk.health() })
            return Made(ports, routes: VerifyOperations(desk: desk).all)
        })
}
