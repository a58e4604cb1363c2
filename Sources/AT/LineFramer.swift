/// Cuts the octets of an AT link into lines and prompts (V.250 §5.7, TS 27.005 §3.5.1).
///
/// Feeding one octet at a time or all at once gives the same frames. NUL and 0xFF, which a link emits while a modem boots or a cable is
/// plugged, are dropped; empty lines carry nothing and are not reported.
public struct LineFramer: Sendable {
    public enum Frame: Equatable, Sendable {
        /// One line without its terminator; octets that are not UTF-8 appear as U+FFFD.
        case line(String)
        /// `>` at the start of a line: the modem waits for a PDU.
        case prompt
        /// A line went over the limit; it was discarded up to its end.
        case overlong(limit: Int)
    }

    /// The longest line kept, in octets.
    public static let defaultLimit = 64 * 1024

    private enum State {
        case collecting
        /// Just after `>`: one space belongs to the prompt.
        case afterPrompt
        case discarding
    }

    private let limit: Int
    private var state = State.collecting
    private var pending: [UInt8] = []

    public init(limit: Int = LineFramer.defaultLimit) {
        self.limit = limit
    }

    /// The frames completed by these octets.
    public mutating func feed(_ octets: some Sequence<UInt8>) -> [Frame] {
        var frames: [Frame] = []
        for octet in octets {
            if let frame = feed(octet) { frames.append(frame) }
        }
        return frames
    }

    private mutating func feed(_ octet: UInt8) -> Frame? {
        switch (state, octet) {
        case (_, 0x00), (_, 0xFF):
            return nil
        case (.discarding, 0x0A), (.discarding, 0x0D):
            state = .collecting
            return nil
        case (.discarding, _):
            return nil
        case (.afterPrompt, UInt8(ascii: " ")):
            state = .collecting
            return nil
        case (.afterPrompt, _), (.collecting, _):
            state = .collecting
            return collect(octet)
        }
    }

    private mutating func collect(_ octet: UInt8) -> Frame? {
        switch octet {
        case 0x0A, 0x0D:
            guard !pending.isEmpty else { return nil }
            defer { pending.removeAll(keepingCapacity: true) }
            return .line(String(decoding: pending, as: UTF8.self))
        case UInt8(ascii: ">") where pending.isEmpty:
            state = .afterPrompt
            return .prompt
        default:
            guard pending.count < limit else {
                pending = []
                state = .discarding
                return .overlong(limit: limit)
            }
            pending.append(octet)
            return nil
        }
    }
}
