import Telephony

/// What is known of the program by its folders.
struct SpoolHealth: Hashable, Sendable {
    /// Why a folder cannot be used; nil while all can.
    var folders: String?
    /// Since when the oldest letter lies untouched for too long; nil while none does.
    var stalled: Instant?
    /// Files set aside because they made no sense, since the start.
    var aliens = 0
    /// Whether the folders were looked at.
    var hasLooked = false

    /// One sentence; nil when all is well.
    var trouble: String? {
        if let folders { return folders }
        if stalled != nil { return "What is to be sent lies there and nobody takes it. Does the program run?" }
        return nil
    }

    func health(of program: String) -> Health {
        let facts = aliens > 0 ? ["set-aside": String(aliens)] : [:]
        if let folders { return Health(.down, folders, facts: facts) }
        if stalled != nil { return Health(.impaired, "\(program) does not take what is to be sent. Does it run?", facts: facts) }
        return hasLooked ? Health(.working, "Works by the folders of \(program).", facts: facts) : Health(.starting, "Has not looked at the folders yet.")
    }
}
