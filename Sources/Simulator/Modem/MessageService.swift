/// How the modem treats messages (3GPP TS 27.005 §3.1 to §3.4).
struct MessageService: Equatable, Sendable {
    /// `+CMGF`: 0 PDU, 1 text.
    var format = 0
    /// `+CNMI`: how arrivals are announced.
    var indications = Indications()
    /// `+CSMS`: 1 asks the terminal to acknowledge with `+CNMA` what is handed to it.
    var service = 0
    /// `+CPMS`: read and delete from, write and send from, receive into.
    var reading: MessageStore.Memory
    var writing: MessageStore.Memory
    var receiving: MessageStore.Memory
    /// The reference the next sent message gets; counts modulo 256.
    var reference: UInt8 = 1
    /// The delivery that waits for `+CNMA`.
    var unacknowledged: UInt64?
    /// Indications kept back while `+CNMI` mode is 0.
    var buffered: [[String]] = []
    /// A delivery was refused for want of room; the network is told when there is some again.
    var wasFull = false

    init(personality: Personality) {
        reading = personality.memory
        writing = personality.memory
        receiving = personality.memory
    }

    mutating func nextReference() -> UInt8 {
        defer { reference &+= 1 }
        return reference
    }
}
