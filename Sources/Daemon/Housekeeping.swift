import Exchange
import Logging
import Telephony

/// Forgets messages that are older than they may become, deletes files that belong to no message any more, and keeps the index of words near.
struct Housekeeping: Service {
    let ledger: any Ledger
    let media: any MediaStore
    /// How long messages are kept; nil for ever.
    let keep: Duration?
    /// Who says what is old is to be believed.
    let clock: BelievedClock
    let mint: Mint
    let pause: Pause
    let log: Logger

    /// The first round waits until the start is over.
    static let firstPause: Duration = .seconds(60)
    static let roundPause: Duration = .seconds(3600)
    /// Messages of one transaction; between two of them others write.
    static let portion = 20

    func run() async throws {
        try await pause(Self.firstPause)
        while !Task.isCancelled {
            await round()
            try await pause(Self.roundPause)
        }
    }

    /// What fails is done in the next round.
    func round() async {
        _ = try? await ledger.indexWords(limit: .max)
        var forgotten = 0
        // Looked at also where nothing is forgotten, so that what is known of the clock stays fresh.
        let verdict = clock.verdict()
        if let keep, mayForget(verdict) {
            forgotten = await inPortions { try? await ledger.forget(recordedBefore: mint.now() - keep, limit: Self.portion) }
            _ = await inPortions { try? await ledger.forgetReceipts(receivedBefore: mint.now() - keep, limit: Self.portion) }
        }
        let swept = try? await media.sweep(now: mint.now()) { digests throws(LedgerError) in try await ledger.namedMedia(among: digests) }
        guard forgotten > 0 || swept.map({ $0.files > 0 }) == true else { return }
        log.info("housekeeping", metadata: ["messages": "\(forgotten)", "files": "\(swept?.files ?? 0)", "octets": "\(swept?.octets ?? 0)"])
    }

    private func mayForget(_ verdict: BelievedClock.Verdict) -> Bool {
        switch (verdict.isBelieved, verdict.isNews) {
        case (false, true):
            log.warning("old messages are not forgotten for now: the clock is far from what it last was, and nobody is known to keep it right; see 'homeline check'")
        case (true, true): log.notice("the clock is believed again, and old messages are forgotten")
        case (_, false): break
        }
        return verdict.isBelieved
    }

    /// Until there is no more, or it cannot be done; returns how many.
    private func inPortions(_ forget: () async -> Int?) async -> Int {
        var forgotten = 0
        while !Task.isCancelled, let count = await forget() {
            forgotten += count
            guard count == Self.portion else { break }
            try? await pause(.milliseconds(50))
        }
        return forgotten
    }
}
