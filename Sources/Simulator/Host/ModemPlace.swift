import NIOCore
import Runtime

/// One modem with its doors.
struct ModemPlace {
    var id: Driver<VirtualModem>.ID
    var ports: [ModemPort]
    var terminals: [PseudoTerminal] = []
    var listeners: [any Channel] = []
    /// Open terminals; what the modem says goes to the one that spoke last.
    var channels: [any Channel] = []
    var isPlugged = true
    /// Octets that the other side had not read when the cable last came out, and that are gone with it.
    var lostOctets = 0
}
