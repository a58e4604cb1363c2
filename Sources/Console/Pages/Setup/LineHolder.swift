/// What holds a line's SIM or number; one form for each.
enum LineHolder: String, CaseIterable, Sendable {
    case modem, hilink, smsGate = "sms-gate", fossify, httpsms
    case twilio, telnyx, voipms, vonage, kannel
    case smseagle, nowsms, yeastar

    static let apps: [LineHolder] = [.smsGate, .fossify, .httpsms]
    static let providers: [LineHolder] = [.twilio, .telnyx, .voipms, .vonage]
    static let gateways: [LineHolder] = [.kannel, .smseagle, .nowsms, .yeastar]

    /// The kind of the trunk.
    var trunk: String {
        switch self {
        case .twilio, .telnyx, .voipms, .vonage, .kannel: "gateway"
        case .yeastar: "yeastar-tg"
        default: rawValue
        }
    }

    /// Of the trunk that speaks to many.
    var template: String? { trunk == "gateway" ? rawValue : nil }

    /// What stands behind the address of our listener that the other side calls; nil where nobody calls.
    var callback: String? {
        switch self {
        case .twilio, .telnyx, .vonage, .smseagle: "/gateway/NAME"
        case .voipms: "/gateway/NAME/SECRET?from={FROM}&to={TO}&message={MESSAGE}&id={ID}&files={MEDIA}"
        case .kannel: "/gateway/NAME/SECRET?from=%p&text=%b&charset=%C&id=%I&time=%T"
        case .nowsms: "/gateway/NAME/SECRET?sender=@@SENDER@@&text=@@FULLSMS@@"
        case .httpsms: "/webhook/httpsms/NAME"
        case .modem, .hilink, .smsGate, .fossify, .yeastar: nil
        }
    }

    /// In the order that they are shown.
    var questions: [LineQuestion] {
        [.needed("name", .part)] + ownQuestions
    }

    private var ownQuestions: [LineQuestion] {
        switch self {
        case .modem: [.needed("device"), .asked("number"), .asked("pin", .secret), .asked("pictures", .part), .asked("apn", .part)]
        case .hilink: [.needed("url", .url), .asked("number"), .asked("user"), .asked("password", .secret), .asked("pin", .secret)]
        case .smsGate:
            [
                .needed("url", .url), .asked("number"), .needed("user"), .needed("password", .secret), .needed("signing-key", .secret, atLeast: 8),
                .asked("sim"),
            ]
        // Every form of ours has a token of its own.
        case .fossify:
            [.needed("url", .url), .asked("number"), .needed("api-token", key: "token-file", .secret, atLeast: 8), .needed("webhook-token", .minted, atLeast: 16)]
        case .httpsms: [.needed("phone"), .needed("api-key", .secret, atLeast: 8), .needed("signing-key", .minted, atLeast: 16), .asked("url", .url)]
        case .twilio: [.needed("user"), .needed("secret", .secret), .needed("from")] + Self.called
        case .telnyx: [.needed("secret", .secret), .needed("from"), .needed("public-key")] + Self.called
        case .voipms:
            [.needed("user"), .needed("secret", .secret), .needed("from"), .asked("poll-every"), .asked("callback-secret", .minted, atLeast: 16)] + Self.called
        case .vonage: [.needed("user"), .needed("secret", .secret), .needed("from"), .needed("callback-secret", .secret), .asked("callback-url", .url)]
        case .kannel:
            [
                .needed("url", .url), .needed("user"), .needed("secret", .secret), .needed("from"), .asked("callback-secret", .minted, atLeast: 16),
                .asked("callback-url", .url),
            ]
        case .smseagle: [.needed("url", .url), .needed("secret", .secret), .asked("callback-secret", .minted, atLeast: 16), .asked("pictures", .toggle)]
        case .nowsms:
            [
                .needed("url", .url), .needed("user"), .needed("secret", .secret), .asked("from"), .asked("callback-secret", .minted, atLeast: 16),
                .asked("pictures", .toggle),
            ]
        case .yeastar: [.needed("host"), .needed("user"), .needed("secret", .secret), .needed("sim-port")]
        }
    }

    private static let called: [LineQuestion] = [.asked("callback-url", .url), .asked("pictures", .toggle)]
}
