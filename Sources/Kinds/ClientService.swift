import Exchange
import HTTPStack

/// Keeps a client's connections for as long as the daemon runs, and ends them.
public struct ClientService: Service {
    private let client: GuardedClient

    public init(_ client: GuardedClient) { self.client = client }

    public func run() async throws {
        await WakeSignal().untilCancelled()
        await client.close()
    }
}
