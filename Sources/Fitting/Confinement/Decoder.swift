import CConfine
import Foundation

/// Starts the tools, each confined to one file, one folder, no network and a share of the machine (Docs/Decisions/0007).
public struct Decoder: Sendable {
    /// Version of Landlock that this kernel offers, which hides all other files from the tools; 0 for none.
    public static var landlock: Int { Int(confine_landlock()) }

    private let places: Places

    /// - Parameter places: how many may run at a time.
    public init(places: Int = ProcessInfo.processInfo.activeProcessorCount) {
        self.places = Places(places)
    }

    /// Runs the errand to its end; what the tool printed is in the workplace.
    func run(_ errand: Errand, in workplace: Workplace) async throws(FittingError) -> Ending {
        guard let cancellation = Cancellation() else { throw .machine("no descriptor is left") }
        let (printed, complaints) = try workplace.papers()
        defer {
            close(printed)
            close(complaints)
        }
        let order = Order(errand, workplace, output: printed, errors: complaints, cancellation: cancellation.descriptor)
        let ending = await withTaskCancellationHandler {
            await places.hold { await Self.await(order) }
        } onCancel: {
            cancellation.request()
        }
        // Held until here, so that the descriptor is not somebody else's by now.
        return withExtendedLifetime(cancellation) { ending ?? .cancelled }
    }

    /// On a thread that lives as long as the tool does: the kernel kills the tool when the thread that started it ends, and a thread of a
    /// pool may end whenever the pool likes.
    private static func await(_ order: Order) async -> Ending {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: order.run()) }
        }
    }
}
