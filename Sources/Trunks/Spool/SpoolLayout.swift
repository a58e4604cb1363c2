import Runtime

/// Where a program looks for what is to be sent and leaves what came.
struct SpoolLayout: Sendable {
    /// Where files to be sent are put.
    let outgoing: Folder
    /// Where the program keeps them until it has sent them, beside there.
    var waiting: [Folder] = []
    /// Where it puts what it has sent; nil for one that removes it.
    let sent: Folder?
    /// Where it puts what it gave up; nil for one that never does.
    let failed: Folder?
    /// Where it puts what came, and reports on what was sent.
    let incoming: [Folder]
    /// The one of these that has reports alone; nil where there is none.
    var reports: Folder?
    /// Where what is recorded is moved; nil to remove it.
    var archive: Folder?

    /// Where a letter is now.
    enum Place: Hashable, Sendable {
        case waiting, sent, failed, nowhere
        /// Found nowhere, and nobody can tell: the folder to be sent from is gone or closed to us, with all that is in it.
        case unseen
    }

    /// A file on its way from one folder to another may be found nowhere; it is somewhere when asked again.
    func place(of name: String) -> Place {
        let wasOpen = outgoing.isOpen
        if ([outgoing] + waiting).contains(where: { $0.has(name) }) { return .waiting }
        if let sent, sent.has(name) { return .sent }
        if let failed, failed.has(name) { return .failed }
        return wasOpen && outgoing.isOpen ? .nowhere : .unseen
    }
}
