import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension EndpointKind {
    public static let simGateway = EndpointKind(
        name: "sim-gateway", summary: "The small REST interface that programs with a SIM card behind them often have.", audience: .nobody,
        keys: [keyKey.documentation, rateKey.documentation],
        serving: { section, context in
            let key = try section.optional(keyKey)
            let perHour = try section.value(rateKey, default: 10)
            guard let sender = LineSender(context) else { throw section.error("lines", "it serves no line to send over") }
            let gateway = SIMGateway(
                key: key, guarding: SecretGuard(mint: context.mint), allowance: HourlyAllowance(perHour), sender: sender, mint: context.mint)
            let summary = "Sends over \(sender.line.id) what is posted to it, at most \(perHour) an hour from each source."
            return Made(EndpointPorts(id: context.id, service: IdleService(), health: { Health(.working, summary) }), routes: gateway.operations)
        })

    private static let keyKey = Key<KnownSecret>.secretFile(
        "key-file", "File with a key on its first line that callers send as X-API-Key. Without one they need a token of the API with the scope send.",
        example: "/etc/homeline/gateway.secret")
    private static let rateKey = Key.number(
        "per-hour", "Texts that each source may have sent in an hour: each token, and each address that calls with the key. More are answered 429.",
        example: "10", in: 1...100_000)
}
