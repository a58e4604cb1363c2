import Exchange

/// For a kind that does its work when it is called, and has nothing to keep running.
public struct IdleService: Service {
    public init() {}

    public func run() async throws {
        await WakeSignal().untilCancelled()
    }
}
