import Exchange
import Telephony

extension VoIPms {
    /// What an owner has to know, the loudest first.
    func health() async -> Health {
        var sentences: [String] = []
        if !settings.openOn.isEmpty {
            let ranges = settings.openOn.map(\.description).joined(separator: ", ")
            sentences.append("\(LookAlike.path) sends for anybody in \(ranges) without a password.")
        }
        let troubles = targets.troubles
        for trouble in troubles { sentences.append("\(trouble.host) did not take the last message for \(trouble.receiver). \(trouble.failure.sentence)") }
        for account in accountsWithOldCallbacks {
            sentences.append("The address that an app of \(account) left is not called: the password was changed since. Set the app up anew, and it is.")
        }
        let known = await numbers.all()
        for line in context.lines where known[line.id] == nil {
            sentences.append("The number of the line \(line.id) is not known; set 'number' in its section, or programs cannot name it.")
        }
        if context.files == nil { sentences.append("Pictures have no addresses without http.public-url.") }
        let facts = ["accounts": String(settings.accounts.count)]
        guard !sentences.isEmpty else { return Health(.working, "Programs of \(settings.accounts.count) accounts are served.", facts: facts) }
        return Health(troubles.isEmpty ? .working : .impaired, sentences.joined(separator: " "), facts: facts)
    }
}
