import Exchange
import HTTPStack
import Logging
import Telephony

/// What is to be known of the endpoint: above all whether somebody may send without the secret.
struct SeedBridgeHealth: Sendable {
    let line: LineID
    let openOn: [NetworkRange]

    /// Nil where everybody needs the secret.
    var warning: String? {
        guard !openOn.isEmpty else { return nil }
        return "Anybody on \(openOn.map(\.description).joined(separator: ", ")) can send texts over \(line) without the secret (open-on)."
    }

    var current: Health {
        Health(.working, "Sends over \(line) what is posted to it.", facts: warning.map { ["warning": $0] } ?? [:])
    }
}

/// Says at every start who may send without the secret, and keeps the client's connections.
struct SeedBridgeService: Service {
    let id: EndpointID
    let client: GuardedClient
    let health: SeedBridgeHealth

    func run() async throws {
        if let warning = health.warning { Logger(label: "seed-bridge").warning("\(warning)", metadata: ["endpoint": "\(id)"]) }
        await WakeSignal().untilCancelled()
        await client.close()
    }
}
