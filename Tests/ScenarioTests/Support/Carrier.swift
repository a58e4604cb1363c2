import MMS
import SMS
import Synchronization
import Telephony

/// The network and the SIM.
final class Carrier: Sendable {
    struct Stored: Hashable, Sendable {
        let slot: Int
        let octets: [UInt8]
    }

    /// A segment that the network took over from us.
    struct Taken: Hashable, Sendable {
        let recipient: Telephony.Address
        let text: String
    }

    private struct State {
        var held: [Stored] = []
        var taken: [Taken] = []
    }

    private let state = Mutex(State())

    /// What the SIM holds. Slots are used again, the lowest free one first.
    var held: [Stored] { state.withLock(\.held) }
    var taken: [Taken] { state.withLock(\.taken) }

    /// A text from outside, in segments when it is long.
    func bring(_ text: String, from sender: Telephony.Address, reference: UInt8 = 1, at now: Instant) throws {
        for segment in try Segmentation.plan(text, reference: .short(reference)).segments {
            let originator = try SMS.Address(number: sender.text)
            store(.deliver(Deliver(from: originator, segment.userData, at: Timestamp(secondsSince1970: now.seconds))))
        }
    }

    /// A WAP push, in segments.
    func bring(_ push: Push, reference: UInt8 = 77, at now: Instant) throws {
        let octets = push.encoded()
        let pieces = stride(from: 0, to: octets.count, by: 128).map { Array(octets[$0..<min($0 + 128, octets.count)]) }
        for (index, piece) in pieces.enumerated() {
            let header = UserDataHeader([
                .concatenation(Concatenation(reference: .short(reference), total: UInt8(pieces.count), sequence: UInt8(index + 1))),
                .ports(.long(destination: 2948, source: 9200)),
            ])
            store(
                .deliver(
                    Deliver(
                        from: try SMS.Address(number: "+41790000000"), try UserData(octets: piece, header: header),
                        at: Timestamp(secondsSince1970: now.seconds))))
        }
    }

    func delete(_ slot: Int) { state.withLock { $0.held.removeAll { $0.slot == slot } } }

    /// Takes a segment over and names it; the far phone has it at once, and the report waits on the SIM.
    func take(_ text: String, for recipient: Telephony.Address, at now: Instant) throws -> UInt8 {
        let reference = state.withLock { state in
            state.taken.append(Taken(recipient: recipient, text: text))
            return UInt8(truncatingIfNeeded: 250 + state.taken.count)
        }
        let time = Timestamp(secondsSince1970: now.seconds)
        let party = try SMS.Address(number: recipient.text)
        store(.statusReport(StatusReport(of: reference, to: party, .delivered, submitted: time, discharged: time)))
        return reference
    }

    private func store(_ tpdu: TPDU) {
        let octets = ModemPDU(tpdu).encode().octets
        state.withLock { state in
            let used = Set(state.held.map(\.slot))
            let slot = (1...).first { !used.contains($0) } ?? 0
            state.held.append(Stored(slot: slot, octets: octets))
        }
    }
}
