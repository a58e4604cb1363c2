import Exchange
import Files
import HTTPStack
import Kinds
import Messaging
import Telephony

/// What the kinds of this folder work with.
struct HandsetContext: Sendable {
    let line: LineID
    let numbers: NumberPlan
    let inbox: Inbox
    let notices: any OwnerNotices
    let mint: Mint
    let pause: Pause
    let media: any MediaStore
    let fitting: PartFitting
    let client: any WebClient
    /// Addresses for files; nil where nobody said under which name we are known.
    let files: SharedFiles?
    let publicURL: WebURL?
    let directory: String

    init(_ context: TrunkContext, numbers: NumberPlan, client: any WebClient) {
        line = context.line
        self.numbers = numbers
        inbox = context.inbox
        notices = context.notices
        mint = context.mint
        pause = context.pause
        media = context.media
        fitting = PartFitting(fitter: context.fitter, media: context.media)
        self.client = client
        files = context.files
        publicURL = context.publicURL
        directory = context.directory
    }

    var clock: any WallClock { mint }

    /// How a claim's message leaves, or why it does not.
    func plan(of claim: Claim, multimedia: MultimediaSupport) -> TransportPlan {
        guard case .trunk(_, let recipients) = claim.delivery.destination else { return .refused(Failure(.refused, "this is not for a carrier")) }
        return TransportPlan(claim.message, to: recipients, numbers: numbers, multimedia: multimedia)
    }

    /// Where a phone reaches a path of ours; nil where nobody said under which name we are known.
    func ownURL(_ path: String) -> String? {
        guard let publicURL else { return nil }
        let base = publicURL.description
        return (base.hasSuffix("/") ? String(base.dropLast()) : base) + path
    }

    /// Makes arrivals durable, and does not give up at once where the ledger is busy: who posted them may not come again.
    ///
    /// - Parameter patience: how long who posted them waits for the answer.
    func record(_ arrivals: [Inbox.Arrival], patience: Duration) async throws(LedgerError) {
        let deadline = mint.now() + patience
        while true {
            do {
                _ = try await inbox.record(arrivals, line: line)
                return
            } catch {
                switch error {
                case .broken, .unusable, .conflict: throw error
                case .full, .busy: guard mint.now() < deadline, (try? await pause(.milliseconds(500))) != nil else { throw error }
                }
            }
        }
    }
}
