import Exchange
import Telephony

/// A trunk at the carrier, as a modem's is: it drains the SIM and deletes after recording, and sends a word a segment.
struct ScriptedTrunk: MessageTrunk {
    let line: LineID
    let carrier: Carrier
    let inbox: Inbox
    let plug: Plug
    let clock: any WallClock
    /// Rung when the SIM holds something new.
    let arrivals = WakeSignal()

    /// The segments of a text; a real trunk would count septets.
    static func segments(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination, let recipient = recipients.first else {
            return .failed(Failure(.refused))
        }
        let segments = Self.segments(claim.message.text)
        do {
            for (index, text) in segments.enumerated() where claim.acceptedSegments[index] == nil {
                try await journal.willSubmit(segment: index, of: segments.count)
                try plug.pass("before segment \(index) is handed over")
                let reference = try carrier.take(text, for: recipient, at: clock.now())
                try plug.pass("after segment \(index) was handed over")
                try await journal.accepted(segment: index, reference: "\(reference)")
                arrivals.ring()
            }
            return .accepted(reference: nil)
        } catch {
            // The process is dead, and nobody hears this.
            return .inDoubt(Failure(.lostAnswer))
        }
    }
}

extension ScriptedTrunk: Service {
    func run() async throws {
        while !Task.isCancelled {
            let held = carrier.held
            guard !held.isEmpty else {
                await arrivals.wait()
                continue
            }
            let receipts = try await inbox.record(held.map { Inbox.Arrival(place: "SM/\($0.slot)", octets: $0.octets) }, line: line)
            for stored in held {
                try plug.pass("before slot \(stored.slot) is deleted")
                carrier.delete(stored.slot)
            }
            try plug.pass("before the receipts are released")
            try await inbox.release(receipts)
        }
    }
}
