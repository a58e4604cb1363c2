import SMS
import Spooling
import Telephony
import Wire

/// In place of the programs behind Asterisk's application SMS as a message centre: takes what telephones left in `morx`, and puts what
/// came for a telephone into `mttx`.
struct SMSQStandIn: StandIn {
    let program = "smsq"
    /// The telephone's queue.
    let queue: String
    /// From whom texts are that have no number; the name then stands before the text.
    var nameless = "0"

    func files(of text: BroughtText, isTaken: (String) -> Bool) -> [StandInFile] {
        // A file without digits in its sender is removed unsent by Asterisk.
        let hasDigits = !SMSQFile.address(text.sender).isEmpty && text.sender.allSatisfy { ("0"..."9").contains($0) || $0 == "+" }
        let shown = hasDigits ? text : text.named
        return shown.segments.enumerated().map { index, segment in
            let file = SMSQFile(
                from: hasDigits ? text.sender : nameless, text: segment, header: shown.header(of: index), time: text.sent,
                coding: shown.alphabet == .ucs2 ? 8 : nil)
            return StandInFile(name: SMSQName(queue: queue, rest: "\(text.tag)-\(index)").description, octets: file.encoded())
        }
    }

    func isOrder(_ name: String) -> Bool { SMSQName(name)?.queue == SMSQName(queue: queue, rest: "").queue }

    /// Pieces of one text come each in a file of its own, with their place in a header.
    func orders(in files: [StandInFile]) -> [SpoolOrder] {
        var orders: [SpoolOrder] = []
        var trains: [Train.Key: Train] = [:]
        for file in files {
            guard let message = try? SMSQFile(decoding: file.octets), let to = message.destination, !to.isEmpty else {
                orders.append(SpoolOrder(files: [file.name], content: .refused("no text to anybody in it")))
                continue
            }
            guard let place = Train.Place(message.header) else {
                orders.append(SpoolOrder(files: [file.name], content: .text(message.text, to: to)))
                continue
            }
            let key = Train.Key(originator: message.originator ?? "", destination: to, reference: place.reference, total: place.total)
            trains[key, default: Train()].pieces[place.sequence] = (file.name, message.text)
        }
        return orders + trains.map { $0.value.order(to: $0.key) }
    }

    /// The pieces of one text.
    private struct Train {
        struct Key: Hashable {
            let originator, destination: String
            let reference, total: Int
        }

        /// Of concatenation elements of eight bits (00) and of sixteen (08).
        struct Place {
            let reference, total, sequence: Int

            init?(_ header: [UInt8]) {
                let octets = header.map(Int.init)
                switch (octets.first, octets.count) {
                case (0, 5...): (reference, total, sequence) = (octets[2], octets[3], octets[4])
                case (8, 6...): (reference, total, sequence) = (octets[2] << 8 | octets[3], octets[4], octets[5])
                default: return nil
                }
                guard total > 1, (1...total).contains(sequence) else { return nil }
            }
        }

        var pieces: [Int: (file: String, text: String)] = [:]

        func order(to key: Key) -> SpoolOrder {
            let sorted = pieces.sorted { $0.key < $1.key }.map(\.value)
            let text = sorted.map(\.text).joined()
            return SpoolOrder(
                files: sorted.map(\.file),
                content: pieces.count == key.total ? .text(text, to: key.destination) : .incomplete(text, to: key.destination))
        }
    }
}

extension BroughtText {
    /// With the sender's name before it, and cut with that: Asterisk cuts off what has grown beyond a segment.
    fileprivate var named: BroughtText {
        let whole = "\(sender): \(text)"
        let plan = try? Segmentation.plan(whole, reference: .short(reference))
        return BroughtText(
            sender: sender, text: whole, segments: plan?.segments.map(\.text) ?? [whole], alphabet: plan?.alphabet ?? .ucs2, reference: reference,
            presentation: presentation, sent: sent, received: received, tag: tag)
    }
}
