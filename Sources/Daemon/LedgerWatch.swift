import Exchange
import Logging
import Telephony

/// Tells the log when the ledger's health changes, and ends the daemon when it broke: after a failed write or sync only a fresh start,
/// which reads the file again, knows what is on the disk.
struct LedgerWatch: Service {
    let ledger: any Ledger
    let log: Logger
    let pause: Pause

    static let interval: Duration = .seconds(1)

    func run() async throws {
        var last = await ledger.health()
        if last.state != .working { tell(last) }
        while !Task.isCancelled {
            try await pause(Self.interval)
            let health = await ledger.health()
            if health.summary != last.summary { tell(health) }
            last = health
            if health.state == .down { try await probe() }
        }
    }

    private func tell(_ health: Health) {
        log.log(level: health.state == .working ? .notice : .error, "ledger", metadata: ["state": "\(health.state)", "summary": "\(health.summary)"])
    }

    /// Only a write finds out that there is room again, or never will be.
    private func probe() async throws {
        do {
            try await ledger.probe()
        } catch .broken(let detail) {
            throw LedgerError.broken(detail)
        } catch {
            // As it was: looked at again.
        }
    }
}
