/// Text being typed after a prompt.
struct TextEntry: Equatable, Sendable {
    enum Purpose: Equatable, Sendable {
        /// `+CMGS`
        case send
        /// `+CMGW`
        case write(MessageStore.Status)
        /// `+CNMA=1,<length>`
        case acknowledge
    }

    /// What opened the prompt.
    enum Subject: Equatable, Sendable {
        /// PDU mode: the TPDU's length in octets, without the service centre.
        case pdu(length: Int)
        /// Text mode: the number to send to.
        case text(to: String)
    }

    var purpose: Purpose
    var subject: Subject
    var octets: [UInt8] = []
    /// A faulty prompt that Ctrl-Z does not end.
    var isEndless = false
}
