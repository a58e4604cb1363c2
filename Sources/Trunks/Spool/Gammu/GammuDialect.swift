import SMS
import Spooling
import Telephony
import Wire

/// gammu-smsd with its FILES service.
struct GammuDialect: SpoolDialect {
    let program = "gammu-smsd"

    /// One file in detail for the whole text: as the only form it says how each segment is coded, and whether a report is wanted.
    func letters(of text: OutgoingText) -> [Letter] {
        let coding: GammuMessage.Coding = text.plan.alphabet == .gsm7 ? .gsm7 : .unicode
        let messages = text.plan.segments.enumerated().map { index, segment in
            let header = text.header(of: index)
            return GammuMessage(
                kind: .report, number: text.recipient, time: text.time, state: "Sent", coding: coding, content: .text(segment.text),
                header: header.isEmpty ? [] : [UInt8(header.count)] + header)
        }
        let name = GammuOutboxName.backup(at: text.time, to: text.recipient, note: text.key)
        return [Letter(name: name, octets: GammuBackup(messages).encoded(saved: text.time), segments: text.plan.segments.indices)]
    }

    /// gammu-smsd writes what the network said into its file.
    func references(of letter: Letter, kept: [UInt8]) -> [String] {
        let references = (try? GammuBackup(decoding: letter.octets))?.references(in: kept) ?? []
        return letter.segments.map { segment in
            references.indices.contains(segment) ? String(references[segment]) : letter.name
        }
    }

    func failure(kept: [UInt8]) -> Failure { Failure(.refused, "gammu-smsd gave it up; its log says why") }

    func bundles(of names: [String]) -> [[String]] {
        var bundles: [String: [String]] = [:]
        for name in names where name.hasPrefix("IN") { bundles[GammuInboxName(name)?.message ?? name, default: []].append(name) }
        return bundles.sorted { $0.key < $1.key }.map { $0.value.sorted() }
    }

    func read(_ bundle: [SpooledFile]) throws(DecodeError) -> [SpoolItem] {
        guard let first = bundle.first, let name = GammuInboxName(first.name) else { throw DecodeError("name", at: 0, .invalid("not as gammu-smsd names files")) }
        if GammuBackup.isOne(first.octets) {
            let messages = try GammuBackup(decoding: first.octets).messages
            if Self.agree(messages, name) { return items(of: messages, name) }
        }
        guard !name.sender.isEmpty else { return [.nothing("from nobody, as answers to USSD are")] }
        if name.form == .octets {
            let octets = bundle.flatMap(\.octets)
            return [.message(from: name.sender, parts: [Part(contentType: "application/octet-stream", octets: octets)], at: name.time, presentation: .ordinary)]
        }
        return [.text(bundle.map { SpoolText.guessed($0.octets) }.joined(), from: name.sender, at: name.time)]
    }

    /// Whether the file is from whom gammu-smsd named it after. In another format than `detail` a file is the text alone, and anybody can write one that
    /// reads like a file in detail, of somebody else's. What is no letter or digit gammu may write in another way.
    private static func agree(_ messages: [GammuMessage], _ name: GammuInboxName) -> Bool {
        let plain: (String) -> [UInt8] = { text in
            text.lowercased().utf8.filter { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        return messages.allSatisfy { $0.number.isEmpty || plain($0.number) == plain(name.sender) }
    }

    private func items(of messages: [GammuMessage], _ name: GammuInboxName) -> [SpoolItem] {
        guard let first = messages.first else { return [.nothing("empty")] }
        let sender = first.number.isEmpty ? name.sender : first.number
        if first.kind == .report {
            guard !sender.isEmpty else { return [.nothing("a report that gammu-smsd could not read")] }
            return [.report(reference: String(first.reference), recipient: sender, fate: fate(first.text ?? ""), detail: "", at: first.time ?? name.time)]
        }
        guard !sender.isEmpty else { return [.nothing("from nobody, as answers to USSD are")] }
        let texts = messages.compactMap(\.text)
        guard texts.count == messages.count else {
            return messages.map { .segment(SpooledSegment($0, from: sender)) }
        }
        return [.text(texts.joined(), from: sender, at: first.time ?? name.time, presentation: first.messageClass == 0 ? .flash : .ordinary)]
    }

    /// Its word for the status, in place of the network's code.
    private func fate(_ word: String) -> DeliveryReport.Fate {
        switch word {
        case "Delivered": .delivered
        // TP-Status 40: a permanent error of which no more is known.
        case "Failed": .failed(code: 0x40)
        default: .pending(code: 0x20)
        }
    }
}

extension SpooledSegment {
    init(_ message: GammuMessage, from sender: String) {
        let content: Content =
            switch message.content {
            case .text(let text): .text(text)
            case .octets(let octets): .octets(octets)
            }
        self.init(sender: sender, time: message.time, header: Array(message.header.dropFirst()), content: content)
    }
}
