/// The name that gammu-smsd gives a file of what came: `IN20021130_021531_00_+4200_00.txt`.
///
/// The sender stands between the third and the last underscore, so it may have some of its own.
public struct GammuInboxName: Hashable, Sendable {
    public enum Form: String, Hashable, Sendable {
        /// A text, or a message in detail.
        case text = "txt"
        /// Octets that are no text.
        case octets = "bin"
    }

    /// By the service centre; nil where gammu had none and wrote zeros.
    public let time: CivilTime?
    /// Tells apart what has the same time and sender.
    public let serial: Int
    /// Empty for what is from nobody: answers to USSD, and reports that gammu could not read.
    public let sender: String
    /// Of one message, from 0.
    public let part: Int
    public let form: Form

    public init(time: CivilTime?, serial: Int, sender: String, part: Int, form: Form = .text) {
        self.time = time
        self.serial = serial
        self.sender = sender
        self.part = part
        self.form = form
    }

    /// Nil for what gammu-smsd would not name so.
    public init?(_ name: String) {
        guard name.hasPrefix("IN"), name.utf8.count <= 255, let dot = name.lastIndex(of: "."), let form = Form(rawValue: String(name[name.index(after: dot)...]))
        else { return nil }
        let pieces = name[..<dot].dropFirst(2).split(separator: "_", omittingEmptySubsequences: false)
        guard pieces.count >= 5, pieces[0].count == 8, pieces[1].count == 6, let serial = Self.number(pieces[2]), let part = Self.number(pieces[pieces.count - 1])
        else { return nil }
        let time = CivilTime(pieces[0] + pieces[1])
        guard time != nil || (pieces[0] + pieces[1]).allSatisfy({ $0 == "0" }) else { return nil }
        self.init(time: time, serial: serial, sender: pieces[3..<pieces.count - 1].joined(separator: "_"), part: part, form: form)
    }

    private static func number(_ text: Substring) -> Int? {
        (2...4).contains(text.utf8.count) && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    /// What all files of one message have in common.
    public var message: String { "IN\(time?.underscored ?? "00000000_000000")_\(padded(serial))_\(sender)" }
}

extension GammuInboxName: CustomStringConvertible {
    public var description: String { "\(message)_\(padded(part)).\(form.rawValue)" }
}
