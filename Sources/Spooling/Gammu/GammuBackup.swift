import Wire

/// The messages of one file in gammu's detail format: `.smsbackup` in an outbox, `IN….txt` of an inbox with `InboxFormat = detail`.
public struct GammuBackup: Hashable, Sendable {
    public var messages: [GammuMessage]

    public static let sizeLimit = 1 << 20
    /// Sections of a file: those of the longest text, and as many as gammu-smsd may write before them.
    static let messageLimit = 512

    public init(_ messages: [GammuMessage]) { self.messages = messages }

    /// Whether octets look like one; texts of other formats do not begin a section so.
    public static func isOne(_ octets: [UInt8]) -> Bool {
        let text = String(decoding: octets.prefix(1024), as: UTF8.self)
        return text.hasPrefix("[SMSBackup000]") || text.contains("\n[SMSBackup000]")
    }

    /// Reads as far as it makes sense: behind a file that gammu-smsd has written into there may be the old one.
    public init(decoding octets: [UInt8]) throws(DecodeError) {
        var messages: [GammuMessage] = []
        for (title, fields) in try Self.sections(of: octets) {
            guard title == "[SMSBackup\(padded(messages.count, 3))]" else { break }
            messages.append(try GammuMessage(fields))
        }
        guard !messages.isEmpty else { throw DecodeError("backup", at: 0, .invalid("no message in it")) }
        self.messages = messages
    }

    /// The network's names of these messages in order, by the file as gammu-smsd left it: for each that it has sent it writes the first of
    /// them once more before all that was there, with the name of the one it sent. Empty where it did not.
    public func references(in kept: [UInt8]) -> [Int] {
        let sections = (try? Self.sections(of: kept)) ?? []
        guard sections.count >= 2 * messages.count else { return [] }
        return sections.prefix(messages.count).reversed().map { $0.fields.number("MessageReference") ?? 0 }
    }

    private static func sections(of octets: [UInt8]) throws(DecodeError) -> [(title: String, fields: GammuFields)] {
        guard octets.count <= sizeLimit else { throw DecodeError("backup", at: 0, .tooLong(limit: sizeLimit)) }
        var sections: [(title: String, fields: GammuFields)] = []
        // A line feed alone ends a line: gammu writes the text above the fields, as comments, and begins a new one at no other character. What stands
        // behind another is still a stranger's word, and no field.
        for octets in octets.split(separator: UInt8(ascii: "\n")) {
            let line = Substring(String(decoding: octets, as: UTF8.self))
            if line.hasPrefix("[") {
                guard sections.count < messageLimit else { throw DecodeError("backup", at: 0, .tooLong(limit: messageLimit)) }
                sections.append((String(line.trimmed), GammuFields()))
            } else if !line.hasPrefix(";"), !sections.isEmpty {
                sections[sections.count - 1].fields.take(line)
            }
        }
        return sections
    }

    /// - Parameter saved: for the heading.
    public func encoded(saved: CivilTime) -> [UInt8] {
        var lines = [
            "; This file format was designed for Gammu and is compatible with Gammu+", "; See <http://www.gammu.org> for more info", "; Saved \(saved.compact)", "",
        ]
        for (index, message) in messages.enumerated() {
            lines += ["[SMSBackup\(padded(index, 3))]"] + message.lines + [""]
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}
