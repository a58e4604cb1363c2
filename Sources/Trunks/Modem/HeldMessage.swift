import AT
import Exchange
import Wire

/// A message that the modem or the network holds until we have it.
struct HeldMessage: Equatable, Sendable {
    /// Where it is held: `SM/3`, `direct`.
    let place: String
    let content: StoredMessage.Content

    init(place: String, content: StoredMessage.Content) {
        self.place = place
        self.content = content
    }

    /// From what the modem wrote as hexadecimal digits.
    init(place: String, digits: String) {
        self.init(place: place, content: (try? Hex.decode(digits)).map(StoredMessage.Content.pdu) ?? .unreadable(digits))
    }

    /// As it is recorded: what is no PDU is kept as the modem wrote it, and shown as what cannot be decoded.
    var arrival: Inbox.Arrival {
        switch content {
        case .pdu(let octets): Inbox.Arrival(place: place, octets: octets)
        case .unreadable(let text): Inbox.Arrival(place: place, format: .modemLine, octets: Array(text.utf8))
        }
    }
}
