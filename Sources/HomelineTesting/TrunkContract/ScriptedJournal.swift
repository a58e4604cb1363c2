import Exchange
import Synchronization

/// A journal that remembers what it was told, and can fail.
public final class ScriptedJournal: SendJournal {
    public enum Entry: Hashable, Sendable {
        case willSubmit(Int, of: Int)
        case accepted(Int, String)
    }

    public enum Trouble: Sendable {
        case none
        /// What is about to leave can't be noted.
        case beforeSubmitting
        /// What the peer took can't be noted.
        case afterAcceptance
    }

    private let trouble: Trouble
    private let peer: (any TrunkPeer)?
    private let told = Mutex<(entries: [Entry], takenBefore: Int?)>(([], nil))
    private let fitting = Mutex<[String]>([])

    /// - Parameter peer: asked at the first entry what it has taken by then.
    public init(_ trouble: Trouble = .none, watching peer: (any TrunkPeer)? = nil) {
        self.trouble = trouble
        self.peer = peer
    }

    public var entries: [Entry] { told.withLock { $0.entries } }
    /// How many texts the peer had taken when the first segment was announced.
    var takenBefore: Int? { told.withLock { $0.takenBefore } }

    /// What was done to files, a sentence each.
    public var changes: [String] { fitting.withLock { $0 } }

    public func fitted(_ changes: [String]) async throws(LedgerError) { fitting.withLock { $0 += changes } }

    public func willSubmit(segment: Int, of total: Int) async throws(LedgerError) {
        if trouble == .beforeSubmitting { throw .full("the disk is full") }
        let taken = await peer?.taken().count
        told.withLock { told in
            told.entries.append(.willSubmit(segment, of: total))
            told.takenBefore = told.takenBefore ?? taken
        }
    }

    public func accepted(segment: Int, reference: String) async throws(LedgerError) {
        if trouble == .afterAcceptance { throw .full("the disk is full") }
        told.withLock { $0.entries.append(.accepted(segment, reference)) }
    }
}
