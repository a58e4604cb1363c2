import Exchange
import MMS
import Messaging
import Store
import Telephony

/// A trunk at the carrier, as a modem's is: it drains the SIM and deletes after recording, and sends a word a segment.
struct ScriptedTrunk: MessageTrunk {
    let line: LineID
    let carrier: Carrier
    let inbox: Inbox
    let plug: Plug
    let clock: any WallClock
    let centre: MessageCentre
    let media: MemoryMediaStore
    /// Rung when the SIM holds something new.
    let arrivals = WakeSignal()

    /// The segments of a text; a real trunk would count septets.
    static func segments(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

    func send(_ claim: Claim, journal: any SendJournal) async -> Outcome {
        guard case .trunk(_, let recipients) = claim.delivery.destination, let recipient = recipients.first else {
            return .failed(Failure(.refused))
        }
        if claim.message.parts.contains(where: { $0.text == nil }) { return await sendPicture(claim, to: recipients, journal: journal) }
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

extension ScriptedTrunk {
    private func sendPicture(_ claim: Claim, to recipients: [Telephony.Address], journal: any SendJournal) async -> Outcome {
        if let reference = claim.acceptedSegments[0] { return .accepted(reference: reference) }
        do {
            return .accepted(reference: try await post(claim, to: recipients, journal: journal))
        } catch {
            // The process is dead, and nobody hears this.
            return .inDoubt(Failure(.lostAnswer))
        }
    }

    /// As a modem's trunk posts it; the far phone has it at once, and the report waits on the SIM.
    private func post(_ claim: Claim, to recipients: [Telephony.Address], journal: any SendJournal) async throws -> String {
        var parts: [FittedPart] = []
        for part in claim.message.parts { parts.append(FittedPart(mediaType: part.mediaType, octets: try await octets(of: part))) }
        let pdu = try MultimediaComposer().compose(parts, subject: nil, to: recipients, transaction: "\(claim.delivery.id)", date: clock.now())
        try await journal.willSubmit(segment: 0, of: 1)
        try plug.pass("before a picture is posted")
        let reference = try centre.take(pdu)
        let indication = DeliveryIndication(
            messageID: reference, to: .number(recipients[0].text), status: .retrieved, date: clock.now().seconds)
        try carrier.bring(Push(.deliveryIndication(indication)), at: clock.now())
        try plug.pass("after a picture was posted")
        try await journal.accepted(segment: 0, reference: reference)
        arrivals.ring()
        return reference
    }

    private func octets(of part: Telephony.Part) async throws -> [UInt8] {
        switch part.content {
        case .inline(let octets): octets
        case .stored(let stored): try await media.read(stored, from: 0, count: stored.size)
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
