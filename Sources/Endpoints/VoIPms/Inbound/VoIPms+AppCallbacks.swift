import HTTPStack

/// An address that an app left is told of every message, so it ends with the password by which it was left: whoever that was changed for would
/// read on.
extension VoIPms {
    /// Which password an account has: sixteen bits of a hash, enough to see that it is another by now and too few to find it by.
    func callbackMark(of account: Account) -> String {
        String(TokenSecret.hash("voipms callback \(account.name) \(settings.passwords[account.username] ?? "")").prefix(4))
    }

    func isOfPresentPassword(_ notes: Notes.LineNotes, _ account: Account) -> Bool {
        notes.callbackMark.map { $0 == callbackMark(of: account) } ?? true
    }

    /// What an earlier release kept was left by the password there is, as far as anybody knows.
    func adoptCallbacks() {
        for account in settings.accounts where notebook.notes(of: account.name).lines.values.contains(where: { !$0.callback.isEmpty && $0.callbackMark == nil }) {
            let mark = callbackMark(of: account)
            // Where it cannot be kept now, it is tried at the next start.
            try? notebook.change(of: account.name) { notes throws(Refusal) in
                for (line, one) in notes.lines where one.callbackMark == nil { notes.lines[line]?.callbackMark = mark }
            }
        }
    }

    /// Accounts with an address that is not told any more.
    var accountsWithOldCallbacks: [String] {
        guard settings.appCallbacks == .called else { return [] }
        return settings.accounts.filter { account in
            notebook.notes(of: account.name).lines.values.contains { $0.isCallbackEnabled && !$0.callback.isEmpty && !isOfPresentPassword($0, account) }
        }.map(\.name)
    }
}
