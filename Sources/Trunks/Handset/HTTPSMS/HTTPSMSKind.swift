import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension TrunkKind {
    public static let httpsms = TrunkKind(
        name: "httpsms", summary: "An Android phone with the app httpSMS, asked through its server.",
        keys: [
            urlKey.documentation, apiKey.required, signingKey.required, phoneKey.required, HandsetKeys.pictureSize.documentation, TooLarge.key.documentation,
            HandsetKeys.poll.documentation,
        ],
        carries: { _ in .files }
    ) { section, context in
        guard let standard = WebURL(HTTPSMSSettings.publicURL) else { throw section.error("url", "missing") }
        let url = try section.value(urlKey, default: standard)
        var settings = HTTPSMSSettings(
            url: url, key: try section.require(apiKey), signingKey: try section.require(signingKey), number: try section.require(phoneKey))
        settings.pictureSize = try section.value(HandsetKeys.pictureSize, default: 300) * 1024
        settings.links = try section.links(among: context.files)
        settings.poll = try section.value(HandsetKeys.poll, default: settings.poll)
        let (handset, client) = try HandsetKeys.context(context, section, reaching: url.host)
        return HTTPSMSTrunk(settings: settings, context: handset).made(client)
    }

    private static let urlKey = HandsetKeys.url("The server; https://api.httpsms.com unless given.", example: HTTPSMSSettings.publicURL)
    private static let apiKey = HandsetKeys.secret(
        "api-key-file", "File with the API key of the account; its first line counts.", example: "/etc/homeline/httpsms.key", atLeast: 8)
    private static let signingKey = HandsetKeys.secret(
        "signing-key-file", "File with the signing key that the webhook was given; its first line counts.", example: "/etc/homeline/httpsms.signing-key",
        atLeast: 16)
    private static let phoneKey = Key<String>(
        "phone", "The phone's own number, as the server knows it, with its plus sign.", example: "\"+12025550147\""
    ) { node throws(Key<String>.Reason) in
        guard case .scalar(let text) = node.content, text.hasPrefix("+"), (8...18).contains(text.utf8.count), text.dropFirst().allSatisfy(\.isASCII),
            text.dropFirst().allSatisfy(\.isNumber)
        else { throw Key<String>.Reason("a number such as +12025550147 expected") }
        return text
    }
}
