import AT
import SMS

/// The order in which a storage's messages came. Places are used again as they become free, so that the lowest may hold the youngest.
enum StoredOrder {
    /// By the time at which the service centre took each over; by place where that is the same, to the second.
    static func sorted(_ messages: [StoredMessage]) -> [StoredMessage] {
        let timed = messages.enumerated().map { (place: $0, time: time(of: $1), message: $1) }
        return timed.sorted { ($0.time, $0.place) < ($1.time, $1.place) }.map(\.message)
    }

    /// Seconds since 1970. What has no readable time is of no conversation and comes first.
    private static func time(of message: StoredMessage) -> Int64 {
        guard case .pdu(let pdu) = message.content, case .deliver(let deliver)? = try? ModemPDU(decoding: pdu, direction: .toMobile).tpdu
        else { return .min }
        return deliver.serviceCentreTimestamp.secondsSince1970 ?? .min
    }
}
