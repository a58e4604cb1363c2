/// Something that goes wrong with a modem on demand.
public enum Fault: Equatable, Sendable {
    /// Deaf and dumb, for a while or until `heal`.
    case hang(for: Duration?)
    /// The cable comes out after so many octets of the next text typed at a prompt; back after a while or on `plug`.
    case disconnect(afterTextOctets: Int, for: Duration?)
    /// The device is gone, for a while or until `plug`.
    case vanish(for: Duration?)
    case plug
    /// Restarts by itself: silence, then the personality's banner. Echo is on and the PIN is asked for again.
    case reboot(silence: Duration)
    /// Octets leave one at a time, this far apart.
    case trickle(every: Duration)
    /// An unsolicited line again and again.
    case storm(line: String, every: Duration)
    /// A line, once, now.
    case announce(line: String)
    /// A line in the middle of the next answer of two lines or more.
    case interrupt(line: String)
    /// Octets sent as they are.
    case noise([UInt8])
    /// `ATE1` without being asked.
    case echo
    /// The next `+CMTI` says −1.
    case negativeIndex
    /// The next prompt comes late, or never, or Ctrl-Z does not end it.
    case latePrompt(after: Duration)
    case missingPrompt
    case endlessPrompt
    /// The network takes the next messages but the modem does not say so.
    case loseAnswer(times: Int)
    /// The network takes every message at once, and the modem says so only after this long, as real ones do.
    case lateAnswer(after: Duration)
    /// The next sends end like this without reaching the network.
    case refuse(ModemError, times: Int)
    case card(CardFault)
    /// Places in a memory, so that it can be filled.
    case capacity(MessageStore.Memory, Int)
    /// `+CREG` status: 0 none, 1 home, 2 searching, 3 denied, 5 roaming.
    case coverage(Int)
    /// How `+CUSD` carries text from now on.
    case ussdStyle(Personality.USSDStyle)
    /// As new: ready card, empty memories, full radio.
    case factory
    /// Ends hang, trickle, storm and everything that waits for its occasion.
    case heal

    public enum CardFault: Equatable, Sendable {
        case absent, present, busy, ready
        /// The PIN is asked for, with so many tries left; none left asks for the PUK.
        case pin(tries: Int)
    }
}
