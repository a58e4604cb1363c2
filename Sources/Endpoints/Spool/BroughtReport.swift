import Spooling

/// That a text which was sent through the folders has arrived, or never will.
struct BroughtReport: Hashable, Sendable {
    enum Fate: Hashable, Sendable {
        case delivered
        case failed(String)
    }

    let recipient: String
    let fate: Fate
    /// The text's number among those of its time.
    let reference: Int
    let at: CivilTime
    let tag: String
}
