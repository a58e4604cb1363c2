import SMS
import Spooling
import Telephony
import Wire

/// Asterisk's application SMS as a telephone: it leaves what is in `motx` at a message centre, and puts what that brings into `mtrx`.
struct SMSQDialect: SpoolDialect {
    let program = "Asterisk"
    /// The line's queue.
    let queue: String

    func letters(of text: OutgoingText) -> [Letter] {
        text.plan.segments.enumerated().map { index, segment in
            let file = SMSQFile(
                to: text.recipient, text: segment.text, header: text.header(of: index), coding: text.plan.alphabet == .ucs2 ? 8 : nil,
                reference: Int(text.reference &+ UInt8(truncatingIfNeeded: index)), wantsReport: true)
            // Asterisk takes the files of a queue in the order in which the folder has them, so no order is to be had.
            return Letter(name: SMSQName(queue: queue, rest: "\(text.key)-\(index)").description, octets: file.encoded(), segments: index..<index + 1)
        }
    }

    /// Nothing is kept of what was sent.
    func references(of letter: Letter, kept: [UInt8]) -> [String] { letter.segments.map { _ in letter.name } }

    func failure(kept: [UInt8]) -> Failure { Failure(.refused, "Asterisk gave it up") }

    func bundles(of names: [String]) -> [[String]] {
        let own = SMSQName(queue: queue, rest: "").queue
        return names.filter { SMSQName($0)?.queue == own }.map { [$0] }
    }

    func read(_ bundle: [SpooledFile]) throws(DecodeError) -> [SpoolItem] {
        var items: [SpoolItem] = []
        for file in bundle {
            let message = try SMSQFile(decoding: file.octets)
            guard let sender = message.originator, !sender.isEmpty else { throw DecodeError("oa", at: 0, .invalid("from nobody")) }
            let segment = SpooledSegment(sender: sender, time: message.time, header: message.header, content: .text(message.text))
            items.append(segment.isOneOfSeveral ? .segment(segment) : .text(message.text, from: sender, at: message.time))
        }
        return items
    }
}
