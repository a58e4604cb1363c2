import Exchange
import HTTPStack
import Kinds
import Settings
import Telephony

extension TrunkKind {
    public static let fossify = TrunkKind(
        name: "fossify", summary: "An Android phone with the Fossify Messages build that sends and receives over HTTP.",
        keys: [
            urlKey.required, tokenKey.required, webhookTokenKey.required, HandsetKeys.path(FossifySettings.path).documentation,
            HandsetKeys.pictureSize.documentation, TooLarge.key.documentation, HandsetKeys.poll.documentation,
        ],
        carries: { _ in .files }
    ) { section, context in
        var settings = FossifySettings(
            url: try section.require(urlKey), token: try section.require(tokenKey), webhookToken: try section.require(webhookTokenKey))
        settings.path = try section.value(HandsetKeys.path(FossifySettings.path), default: settings.path)
        settings.pictureSize = try section.value(HandsetKeys.pictureSize, default: 300) * 1024
        settings.links = try section.links(among: context.files)
        settings.poll = try section.value(HandsetKeys.poll, default: settings.poll)
        let (handset, client) = try HandsetKeys.context(context, section, reaching: settings.url.host)
        return FossifyTrunk(settings: settings, context: handset).made(client)
    }

    private static let urlKey = HandsetKeys.url("Where the phone's app listens.", example: "http://10.0.0.2:8080")
    private static let tokenKey = HandsetKeys.secret(
        "token-file", "File with the token that the phone's app wants of us; its first line counts.", example: "/etc/homeline/phone.token", atLeast: 8)
    private static let webhookTokenKey = HandsetKeys.secret(
        "webhook-token-file", "File with the token that the phone shows us; its first line counts.", example: "/etc/homeline/phone.webhook-token", atLeast: 16)
}
