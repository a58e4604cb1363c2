/// Something long-lived. `run` returns when its task is cancelled or the process shuts down gracefully.
public protocol Service: Sendable {
    func run() async throws
}
