import Runtime

/// The folders that other programs share with the one Homeline takes the place of.
struct StandInLayout: Sendable {
    /// Where what came is put.
    let incoming: Folder
    /// Where others put what is to be sent.
    let outgoing: Folder
    /// Where it goes when it was sent; nil to remove it as soon as it is recorded.
    let sent: Folder?
    /// Where it goes when it was given up, or makes no sense.
    let failed: Folder
    /// Where reports are put; nil for none.
    let reports: Folder?

    var all: [Folder] { [incoming, outgoing, failed] + [sent, reports].compactMap { $0 } }
}
