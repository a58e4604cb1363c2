import Runtime
import Spooling
import Synchronization
import Telephony

/// Makes Asterisk call for what waits in a queue, by a call file as smsq writes it.
final class SpoolBell: Sendable {
    private let folder: Folder
    private let call: SMSQCall
    private let last = Mutex<Instant?>(nil)

    /// How long a call that came to nothing is waited for.
    private static let interval: Duration = .seconds(60)

    init(folder: Folder, call: SMSQCall) {
        self.folder = folder
        self.call = call
    }

    /// One that is already under way fetches everything.
    func ring() {
        guard !folder.has(call.name) else { return }
        // Without it the text waits for the next, which is told by the line's health.
        try? folder.write(call.name, call.encoded())
    }

    func ringAgain(now: Instant) {
        let isTime = last.withLock { last in
            // A clock that was set back must not keep it silent until the old time comes again.
            if let before = last, (.zero..<Self.interval).contains(now - before) { return false }
            defer { last = now }
            return last != nil
        }
        if isTime { ring() }
    }
}
