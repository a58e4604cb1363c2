import HTTPStack
import Telephony

/// Where a text that came in stands in a request, or in a list that was polled.
struct MessageFields: Hashable, Sendable {
    /// How a gateway writes numbers.
    enum Numbers: String, Hashable, Sendable, CaseIterable {
        /// As people of the line's country dial them, or with a plus sign.
        case asDialled = "as-dialled"
        /// With their calling code and without a plus sign.
        case international
    }

    /// One segment of a longer text, where the gateway does not put them together.
    struct SegmentFields: Hashable, Sendable {
        let reference: JSONPath
        let total: JSONPath
        /// Counted from 1.
        let sequence: JSONPath
    }

    var when = Conditions()
    var sender: JSONPath
    var text: JSONPath?
    /// The gateway's name for the message: a request that comes again has the same.
    var id: JSONPath?
    var time: JSONPath?
    var timeForm = TimeForm.zoned
    var media: JSONPath?
    /// What stands between the addresses of a list in one field; nil where each has its own.
    var mediaSeparator: String?
    var numbers = Numbers.asDialled
    /// Where the name of the text's character set stands.
    var charset: JSONPath?
    var segment: SegmentFields?

    static let mediaLimit = 20

    func read(_ request: CallbackDocument) throws(Unintelligible) -> FoundMessage {
        let document = request.json
        guard let sender = sender.text(in: document) else { throw Unintelligible(reason: "it names no sender") }
        var text = text?.text(in: document) ?? ""
        if let set = charset?.text(in: document).flatMap({ CharacterSet($0) }), let octets = self.text?.name.flatMap({ request.form.field($0)?.octets }) {
            text = set.decode(octets)
        }
        let addresses = media?.texts(in: document) ?? []
        let single = mediaSeparator.map { separator in addresses.flatMap { $0.split(separator: separator).map(String.init) } } ?? addresses
        let media = Array(single.filter { !$0.isEmpty && !$0.hasPrefix("{") }.prefix(Self.mediaLimit))
        // Some who write hide their number, and are read all the same.
        guard !sender.isEmpty || !text.isEmpty || !media.isEmpty else { throw Unintelligible(reason: "it names no sender") }
        return FoundMessage(
            id: id?.text(in: document), sender: numbers.written(sender), text: text, time: time?.text(in: document).flatMap(timeForm.instant),
            media: media, segment: found(in: document))
    }

    private func found(in document: JSON) -> FoundSegment? {
        guard let segment, let reference = segment.reference.text(in: document), let total = segment.total.text(in: document).flatMap({ UInt8($0) }),
            let sequence = segment.sequence.text(in: document).flatMap({ UInt8($0) }), total > 1, (1...total).contains(sequence)
        else { return nil }
        return FoundSegment(reference: reference, total: total, sequence: sequence)
    }
}

extension MessageFields.Numbers {
    func written(_ number: String) -> String {
        guard self == .international, (7...17).contains(number.utf8.count), number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return number
        }
        return "+" + number
    }
}
