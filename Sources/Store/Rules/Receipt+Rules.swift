import Telephony

extension Receipt {
    func received(at: Instant) -> Receipt {
        Receipt(id: id, line: line, format: format, place: place, octets: octets, receivedAt: at)
    }
}
