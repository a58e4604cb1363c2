/// How the modem talks to its terminal (ITU-T V.250 §6.2): what `ATZ` and `AT&F` put back.
struct TerminalSettings: Equatable, Sendable {
    /// `ATE`
    var echo = true
    /// `ATV`: results in words rather than numbers.
    var verbose = true
    /// `ATQ`: no results at all.
    var quiet = false
    /// `+CMEE`: 0 bare, 1 numeric, 2 in words.
    var errorStyle = 0
    /// `+CSCS`
    var charset = "GSM"
}

/// Where a command line stands.
enum TerminalMode: Equatable, Sendable {
    /// Waiting for a command line.
    case command
    /// After `> `: octets are text until Ctrl-Z or ESC.
    case text(TextEntry)
    /// A command is with the network; what is typed meanwhile waits.
    case waiting
    /// Hung or starting up: octets are lost.
    case deaf
}

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
