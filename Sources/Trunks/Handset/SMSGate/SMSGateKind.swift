import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension TrunkKind {
    public static let smsGate = TrunkKind(
        name: "sms-gate", summary: "An Android phone with the app SMS Gate, asked directly or through its server.",
        keys: [
            urlKey.required, userKey.required, passwordKey.required, signingKey.required, simKey.documentation, deviceKey.documentation,
            dataPortKey.documentation, HandsetKeys.poll.documentation,
        ],
        carries: { $0.has("data-port") ? [.files] : [] }
    ) { section, context in
        let url = try section.require(urlKey)
        let settings = SMSGateSettings(
            url: url, user: try section.require(userKey), password: try section.require(passwordKey), signingKey: try section.require(signingKey))
        guard var settings else { throw section.error("url", "the URL is too long") }
        settings.sim = try section.optional(simKey)
        settings.device = try section.optional(deviceKey)
        settings.dataPort = try section.optional(dataPortKey)
        settings.poll = try section.value(HandsetKeys.poll, default: settings.poll)
        let (handset, client) = try HandsetKeys.context(context, section, reaching: url.host)
        return SMSGateTrunk(settings: settings, context: handset).made(client)
    }

    private static let urlKey = HandsetKeys.url(
        "The phone's local server, or its private server's API, or https://api.sms-gate.app.", example: "http://192.168.1.20:8080")
    private static let userKey = Key.text("user", "The user name that the app shows.", example: "sms")
    private static let passwordKey = HandsetKeys.secret(
        "password-file", "File with the password that the app shows; its first line counts.", example: "/etc/homeline/phone.password", atLeast: 1)
    private static let signingKey = HandsetKeys.secret(
        "signing-key-file", "File with the signing key of the app's webhooks; its first line counts.", example: "/etc/homeline/phone.signing-key", atLeast: 8)
    private static let simKey = Key.number("sim", "Which SIM of the phone is this line's; 1 or 2. Left out: all of them.", example: "1", in: 1...4)
    private static let dataPortKey = Key.number(
        "data-port", "A file of up to \(SMSGateContent.dataLimit) octets, sent alone, leaves as a data SMS to this port of the recipient's phone. Left out: files are refused.",
        example: "53739", in: 1...65535)
    private static let deviceKey = Key.text("device", "The phone's name on its server, where the account has several.", example: "PyDmBQZZXYmyxMwED8Fzy")
}
