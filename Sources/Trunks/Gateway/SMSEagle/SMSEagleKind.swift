import Exchange
import Kinds
import Settings

extension TrunkKind {
    public static let smseagle = TrunkKind(
        name: "smseagle", summary: "An SMSEagle appliance and the SIM in it.",
        keys: [
            GatewayKeys.url.required, GatewayKeys.secret.required, interfaceKey.documentation, modemKey.documentation, GatewayKeys.callbackSecret.documentation,
            GatewayKeys.pictures.documentation, TooLarge.key.documentation, GatewayKeys.timeout.documentation, GatewayKeys.atOnce.documentation,
        ], carries: { TrunkKind.sendsPictures($0) ? [.files] : [] },
        serving: { section, context in
            let interface = try section.value(interfaceKey, default: .v2)
            return try section.line(interface.template(modem: try section.optional(modemKey)), context).made(context)
        })

    private static let interfaceKey = Key<EagleInterface>.choice(
        "api", "Which of its interfaces: v2, jsonrpc or v1.", example: "v2", Dictionary(uniqueKeysWithValues: EagleInterface.allCases.map { ($0.rawValue, $0) }))
    private static let modemKey = Key.number("modem", "By which of its modems to send, from 1; its own choice where left out.", example: "1", in: 1...64)
}
