/// A small listener for proofs by HTTP, where the house's own does not stand at port 80.
public struct ProofDoor: Sendable {
    /// Serves until it is cancelled, and calls when it is open; throws where it cannot be.
    private let serve: @Sendable (_ whenOpen: @escaping @Sendable () -> Void) async throws -> Void

    public init(serve: @escaping @Sendable (_ whenOpen: @escaping @Sendable () -> Void) async throws -> Void) { self.serve = serve }

    /// Does the work while the door is open; tells it why it is not, where it is not.
    func open(_ work: @escaping @Sendable (_ closed: String?) async -> Void) async {
        let (states, state) = AsyncStream<String?>.makeStream()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await serve { state.yield(nil) }
                    state.yield("the listener for proofs has ended")
                } catch {
                    state.yield("\(error)")
                }
            }
            var first = states.makeAsyncIterator()
            await work(await first.next() ?? "Homeline is being stopped")
            group.cancelAll()
        }
    }
}
