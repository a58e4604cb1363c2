import HTTPStack
import Telephony

/// Where a caller wants to be told what became of a message, and of what. It is kept with the message, in the words of its origin's reference.
struct ReportWish: Hashable, Sendable {
    /// Bits of dlr-mask.
    enum Event: Int, Hashable, Sendable {
        case delivered = 1
        case undelivered = 2
        case rejected = 16
    }

    let mask: Int
    /// With Kannel's escapes in it: `%d` stands for the event.
    let template: String

    /// As it is kept.
    var note: String { "dlr \(mask) \(template)" }

    init(mask: Int, template: String) {
        self.mask = mask
        self.template = template
    }

    /// Reads what was kept, behind the message's key; nil where nobody wants to be told.
    init?(reference: String) {
        let words = reference.split(separator: " ", maxSplits: 3)
        guard words.count == 4, words[1] == "dlr", let mask = Int(words[2]) else { return nil }
        self.init(mask: mask, template: String(words[3]))
    }

    /// What news is called here; nil for what nobody wants to be told.
    func event(_ notice: StatusNotice) -> Event? {
        let candidates: [Event] =
            switch notice {
            case .delivered: [.delivered]
            // What the network reports it had taken first.
            case .failed(_, let failure): if case .tpStatus = failure.cause { [.undelivered, .rejected] } else { [.rejected, .undelivered] }
            case .read, .inDoubt: []
            }
        return candidates.first { mask & $0.rawValue != 0 }
    }

    /// The address to call, with the escapes replaced. Nil where that makes none.
    func url(_ event: Event, _ values: ReportValues) -> WebURL? {
        var text = ""
        var rest = Substring(template)
        while let percent = rest.firstIndex(of: "%") {
            text += rest[..<percent]
            rest = rest[rest.index(after: percent)...]
            guard let letter = rest.first else { break }
            // Another one, such as `%2F`, is the address's own.
            guard let value = values.text(letter, event) else {
                text += "%"
                continue
            }
            text += letter == "%" ? "%" : PercentEncoding.encode(value)
            rest = rest.dropFirst()
        }
        return WebURL(text + rest)
    }
}

/// What Kannel's escapes stand for.
struct ReportValues: Hashable, Sendable {
    let message: MessageID
    let line: LineID
    let recipient: String
    let at: Instant
    /// What went wrong, in words.
    let reason: String

    func text(_ letter: Character, _ event: ReportWish.Event) -> String? {
        switch letter {
        case "d": String(event.rawValue)
        case "p", "q": line.name
        case "P", "Q": recipient
        case "T": String(at.seconds)
        case "t": String(CivilDate(at).rfc3339.prefix(16)).replacing("T", with: " ")
        case "I", "F": message.description
        case "i": line.name
        case "A": reason
        case "%": "%"
        default: nil
        }
    }
}
