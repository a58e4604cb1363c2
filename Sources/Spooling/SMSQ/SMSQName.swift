/// The name of a file in the spool of Asterisk's application SMS: the queue, a dot, anything.
public struct SMSQName: Hashable, Sendable {
    public let queue: String
    public let rest: String

    /// As the application has it.
    static let queueLimit = 29

    /// Every character of the queue that is no letter or digit becomes a hyphen, as the application makes it.
    public init(queue: String, rest: String) {
        self.queue = String(
            queue.unicodeScalars.prefix(Self.queueLimit).map { scalar -> Character in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9": Character(scalar)
                default: "-"
                }
            })
        self.rest = SpoolName.piece(rest)
    }

    /// Nil without a queue, and for what is still being written.
    public init?(_ name: String) {
        guard let dot = name.firstIndex(of: "."), dot != name.startIndex, name.utf8.count <= 255, !name.contains("/") else { return nil }
        queue = String(name[..<dot])
        rest = String(name[name.index(after: dot)...])
        guard !rest.isEmpty else { return nil }
    }
}

extension SMSQName: CustomStringConvertible {
    public var description: String { "\(queue).\(rest)" }
}
