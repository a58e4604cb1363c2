import SMS

/// A message waiting indication as people read it, for when the network sent no text with it.
struct WaitingSentence: Hashable, Sendable {
    let kind: MessageWaiting.Kind
    /// Nil where the network does not count.
    let count: Int?

    /// A line for each kind of which something waits: `Voicemail: 2 new messages`. Nil when nothing does.
    static func text(of sentences: [WaitingSentence]) -> String? {
        let lines = sentences.compactMap(\.line)
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private var line: String? {
        switch count {
        case nil: "\(name): new messages"
        case 0: nil
        case 1: "\(name): 1 new message"
        case 255: "\(name): 255 or more new messages"
        case .some(let count): "\(name): \(count) new messages"
        }
    }

    private var name: String {
        switch kind {
        case .voicemail: "Voicemail"
        case .fax: "Fax"
        case .email: "E-mail"
        case .other: "Waiting"
        }
    }
}
