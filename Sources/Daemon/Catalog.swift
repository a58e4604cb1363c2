import EndpointLoopback
import EndpointSoftphone
import EndpointWebhook
import Kinds
import TrunkLoopback
import TrunkModem

/// Every kind there is; a new one is its folder and its line here.
public enum Catalog {
    public static let trunks: [TrunkKind] = [
        .modem,
        .loopback,
    ]

    public static let endpoints: [EndpointKind] = [
        .softphone,
        .webhook,
        .loopback,
    ]
}
