import Synchronization

/// How many octets we hold of callers before they have said who they are: all together, and each source.
///
/// A strange source holds no more than it leaves to others: one alone may have the half, and each further part takes further sources. Where a
/// right secret was shown from before is known, and has as much room again, which no stranger touches.
public final class OctetBudget: Sendable {
    private struct State {
        var held: [String: Int] = [:]
        var ofStrangers = 0
        var ofKnown = 0
        /// The one that has shown its secret last at the end.
        var known: [String] = []

        func isKnown(_ source: String) -> Bool { source == OctetBudget.local || known.contains(source) }
    }

    /// What anybody may send beside it: requests without files fit.
    public static let small = 64 * 1024
    /// Sources that are known at most.
    static let knownLimit = 64
    private static let local = "local"

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: octets of strangers, and as many of those who are known. Twice what one request may have, so that it fits for everybody.
    public init(limit: Int) { self.limit = limit }

    /// Whether there was room; what was taken is to be given back.
    public func take(_ octets: Int, from source: Source) -> Bool {
        let source = Self.key(source)
        return state.withLock { state in
            let held = state.held[source, default: 0]
            if state.isKnown(source) {
                guard octets <= limit - state.ofKnown else { return false }
                state.ofKnown += octets
            } else {
                guard held + octets <= limit - state.ofStrangers - octets else { return false }
                state.ofStrangers += octets
            }
            state.held[source] = held + octets
            return true
        }
    }

    public func giveBack(_ octets: Int, to source: Source) {
        let source = Self.key(source)
        state.withLock { state in
            let left = state.held[source, default: 0] - octets
            state.held[source] = left > 0 ? left : nil
            if state.isKnown(source) { state.ofKnown -= octets } else { state.ofStrangers -= octets }
        }
    }

    /// A right secret was shown from there.
    public func know(_ source: Source) {
        let source = Self.key(source)
        guard source != Self.local else { return }
        state.withLock { state in
            if let place = state.known.firstIndex(of: source) {
                state.known.remove(at: place)
            } else {
                let held = state.held[source, default: 0]
                state.ofStrangers -= held
                state.ofKnown += held
            }
            state.known.append(source)
            guard state.known.count > Self.knownLimit else { return }
            let held = state.held[state.known.removeFirst(), default: 0]
            state.ofKnown -= held
            state.ofStrangers += held
        }
    }

    /// Octets taken at the moment.
    public var taken: Int { state.withLock { $0.ofStrangers + $0.ofKnown } }

    private static func key(_ source: Source) -> String {
        switch source {
        case .local: local
        case .network(let address): IPAddress.countingKey(address)
        }
    }
}
