import CConfine
import Glibc

/// A descriptor that becomes readable when a run is to be given up.
final class Cancellation: Sendable {
    let descriptor: Int32

    /// Nil when the process has no descriptor left.
    init?() {
        descriptor = confine_cancellation()
        if descriptor < 0 { return nil }
    }

    func request() {
        confine_cancel(descriptor)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
