import AT
import Synchronization

/// What the data side may know and ask of the modem that the trunk serves: nothing of it while the modem is away.
final class ModemAccess: Sendable {
    struct Facts: Sendable {
        var imsi: String?
        var number: String?
        /// Where its commands go, a path of `/dev`; nil for a network port.
        var terminal: String?
        var bearer = BearerSettings.Kind.network
        var dataCommands = DataCommands.standard
    }

    private struct State {
        var link: ModemLink?
        var facts = Facts()
    }

    private let state = Mutex(State())

    var link: ModemLink? { state.withLock { $0.link } }
    var facts: Facts { state.withLock { $0.facts } }

    /// The modem serves, over this link.
    func serves(_ link: ModemLink, _ facts: Facts) {
        state.withLock { $0 = State(link: link, facts: facts) }
    }

    /// It serves no longer; what it said of its SIM stays true until it says otherwise.
    func isGone() {
        state.withLock { $0.link = nil }
    }
}

extension ModemAccess: ModemCommands {
    func perform(_ command: AT.Command) async -> Reply? {
        await link?.perform(command)
    }
}
