import EndpointKannel
import EndpointLoopback
import EndpointSIMGateway
import EndpointSMSEagle
import EndpointSeedBridge
import EndpointSoftphone
import EndpointSpool
import EndpointVerification
import EndpointVoIPms
import EndpointWebhook
import Kinds
import TrunkGateway
import TrunkHandset
import TrunkHiLink
import TrunkLoopback
import TrunkModem
import TrunkSpool

/// Every kind there is; a new one is its folder and its line here.
public enum Catalog {
    public static let trunks: [TrunkKind] = [
        .modem,
        .hilink,
        .fossify,
        .smsGate,
        .httpsms,
        .gammuSpool,
        .smstoolsSpool,
        .smsqSpool,
        .gateway,
        .smseagle,
        .nowsms,
        .yeastar,
        .loopback,
    ]

    public static let endpoints: [EndpointKind] = [
        .softphone,
        .webhook,
        .voipms,
        .seedBridge,
        .simGateway,
        .verification,
        .smsEagle,
        .kannel,
        .gammuSpool,
        .smstoolsSpool,
        .smsqSpool,
        .loopback,
    ]
}
