import SIP

/// One request of those that bring a claim to a device.
struct Piece: Hashable, Sendable {
    /// What follows when the device does not take this kind of message (415, 488).
    enum Otherwise: Hashable, Sendable {
        /// Its refusal is the outcome.
        case refused
        /// Nothing is lost.
        case nothing
        /// The same in words.
        case words(Request)
    }

    let request: Request
    let otherwise: Otherwise

    init(_ request: Request, otherwise: Otherwise = .refused) {
        self.request = request
        self.otherwise = otherwise
    }
}
